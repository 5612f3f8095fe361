/** What `Accept` and the conditional headers say. RFC 9110 sections 12.5.1 and 13.1. */

/** Whether an answer of the type is acceptable; without the header everything is. */
export function isAcceptable(accept: string | undefined, type: string): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  const [kind = ''] = type.split('/');
  let best = { precision: 0, quality: 0 };
  for (const range of accept.split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const precision = name === type ? 3 : name === `${kind}/*` ? 2 : name === '*/*' ? 1 : 0;
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const quality = weight === undefined ? 1 : Number(weight) || 0;
    if (precision > best.precision || (precision === best.precision && quality > best.quality)) best = { precision, quality };
  }
  return best.precision > 0 && best.quality > 0;
}

/** Whether the entity tag is among those of the header; `*` fits every one that is there. */
export function matchesTag(header: string, tag: string, comparison: 'weak' | 'strong'): boolean {
  if (header.trim() === '*') return true;
  const tags = [...header.matchAll(/(W\/)?("[^"]*")/g)];
  return tags.some(([, weak, opaque]) => opaque === tag && (comparison === 'weak' || weak === undefined));
}
