/** One segment of a path template against one of a path, in linear time: templates come from documents of any make. Pure. */

/** The texts around the parameters of a segment, and the parameters' names. */
export interface TemplateSegment {
  /** One more than names. */
  readonly texts: readonly string[];
  readonly names: readonly string[];
}

/** A segment of a template taken apart. @see https://spec.openapis.org/oas/v3.1.1#path-templating */
export function templateSegment(text: string): TemplateSegment {
  const pieces = text.split(/\{([^{}]*)\}/);
  return { texts: pieces.filter((_, index) => index % 2 === 0), names: pieces.filter((_, index) => index % 2 === 1) };
}

/** The values of a segment's parameters, none of them empty and each as short as it can be; undefined where the segment does not fit. */
function segmentValues({ texts }: TemplateSegment, segment: string): readonly string[] | undefined {
  const [first = '', ...rest] = texts;
  if (rest.length === 0) return segment === first ? [] : undefined;
  if (!segment.startsWith(first) || !segment.endsWith(rest.at(-1) ?? '')) return undefined;
  const values: string[] = [];
  let at = first.length;
  for (const [index, text] of rest.entries()) {
    const end = index === rest.length - 1 ? segment.length - text.length : segment.indexOf(text, at + 1);
    if (end <= at) return undefined;
    values.push(segment.slice(at, end));
    at = end + text.length;
  }
  return values;
}

/** The decoded values of a segment as it stands in a URL; a text of the template may be percent-encoded itself. */
export function fittingValues(template: TemplateSegment, segment: string): readonly string[] | undefined {
  return segmentValues(template, decodedSegment(segment)) ?? segmentValues(template, segment);
}

/** A segment percent-decoded, or as it stands where its escapes are broken. @see https://www.rfc-editor.org/rfc/rfc3986#section-2.1 */
export function decodedSegment(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
