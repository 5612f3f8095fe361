/** Which parameters, media types and sides of keywords the requests to one operation have carried. */
import { isJsonType } from '../lib/media-type.ts';
import type { Contract, Operation, Parameter, SchemaPlace } from '../spec/contract.ts';
import { readParameter, type GivenParameter, type ParameterTexts } from '../spec/read-parameter.ts';
import type { TypedValue } from '../spec/typed-value.ts';
import { readContent } from '../verdicts/content.ts';
import { sentMediaType } from '../verdicts/sent-request.ts';
import type { Verdict } from '../verdicts/verdict.ts';
import { askedKeywords, sideShown, type AskedKeyword } from './asked-keywords.ts';

export interface SentCollector {
  /** What no request has carried yet, by name: `query limit`, `query limit maximum (invalid)`, `request application/json`. */
  readonly open: Readonly<Record<'parameter' | 'keyword' | 'media-type', Set<string>>>;
  readonly add: (verdict: Verdict, texts: () => ParameterTexts) => void;
}

/** A keyword and the names of its sides. */
interface Sides {
  readonly keyword: AskedKeyword;
  readonly valid: string;
  readonly invalid: string;
}

/** A schema of what requests carry, with those of its keywords that have a side left. */
interface Asked {
  readonly place: SchemaPlace;
  readonly sides: Set<Sides>;
}

/** A collector for requests to this operation that were answered. */
export function createSentCollector(contract: Contract, operation: Operation): SentCollector {
  const open = { parameter: new Set<string>(), keyword: new Set<string>(), 'media-type': new Set<string>() };
  const ask = (label: string, place: SchemaPlace | undefined, asText: boolean): Asked | undefined => {
    if (place === undefined) return undefined;
    const sides = askedKeywords(contract, place, asText).map((keyword) => {
      const [valid, invalid] = [`${label} ${keyword.name} (valid)`, `${label} ${keyword.name} (invalid)`];
      open.keyword.add(valid);
      if (keyword.breakable) open.keyword.add(invalid);
      return { keyword, valid, invalid };
    });
    return { place, sides: new Set(sides) };
  };
  const content = operation.requestBody?.content ?? [];
  const parameters = operation.parameters.map((parameter) => {
    const name = `${parameter.in} ${parameter.name}`;
    open.parameter.add(name);
    return { parameter, name, asked: ask(name, parameter.schema ?? parameter.mediaType?.schema, parameter.mediaType === undefined) };
  });
  const bodies = new Map(
    content.map((media) => {
      open['media-type'].add(mediaTypeName(media.type));
      return [media, ask(content.length === 1 ? 'body' : `body ${media.type}`, media.schema, !isJsonType(media.type))];
    }),
  );
  return {
    open,
    add: (verdict, texts) => {
      const wanted = wantedSides(verdict, open.keyword);
      for (const { parameter, name, asked } of parameters) {
        if (!open.parameter.has(name) && !wanted(asked)) continue;
        const given = readParameter(contract, parameter, texts());
        if (isSent(parameter, given, texts())) open.parameter.delete(name);
        if (given.kind === 'value') show(contract, asked, given, open.keyword);
      }
      const { request } = verdict.exchange;
      const sent = request.body === undefined || request.body.length === 0 ? undefined : sentMediaType(operation, request);
      if (request.body === undefined || sent === undefined) return;
      open['media-type'].delete(mediaTypeName(sent.media.type));
      const asked = bodies.get(sent.media);
      if (request.bodyLost || !wanted(asked)) return;
      const read = readContent(request.body, sent.type, { contract, direction: 'request', media: sent.media });
      const whole = read.kind === 'parts' ? read.parts.find(({ at }) => at === '') : undefined;
      if (whole !== undefined) show(contract, asked, whole, open.keyword);
    },
  };
}

function mediaTypeName(type: string): string {
  return `request ${type}`;
}

/** Whether the request may show a side that is still open: one that is meant to be valid breaks nothing. */
function wantedSides({ case: planned }: Verdict, open: ReadonlySet<string>): (asked: Asked | undefined) => boolean {
  const isValid = planned?.intent === 'valid';
  return (asked) =>
    asked !== undefined && [...asked.sides].some(({ valid, invalid }) => open.has(valid) || (!isValid && open.has(invalid)));
}

/** No path is without its parameters; a query string as a whole is read as an object also where there is none. */
function isSent({ in: location }: Parameter, given: GivenParameter, texts: ParameterTexts): boolean {
  if (location === 'path') return true;
  return location === 'querystring' ? texts.query.length > 0 : given.kind !== 'absent';
}

function show(contract: Contract, asked: Asked | undefined, { value, numbers }: TypedValue, open: Set<string>): void {
  const validity = asked && contract.validators.validate(asked.place, value, 'request', numbers);
  if (asked === undefined || validity === undefined || validity.kind === 'cannot-judge') return;
  const broken = new Set(validity.kind === 'invalid' ? validity.violations.map(({ schema }) => schema) : []);
  for (const sides of asked.sides) {
    const side = sideShown(sides.keyword, value, broken);
    if (side !== undefined) open.delete(sides[side]);
    if (!open.has(sides.valid) && !open.has(sides.invalid)) asked.sides.delete(sides);
  }
}
