/** An end before its beginning, where the document says that it comes after it. Pure. */
import { isObject, type JsonObject } from '../../lib/json.ts';
import type { Operation } from '../../spec/contract.ts';
import { nameWords } from '../../lib/names.ts';
import { descriptionAt, sentencesAt, sentencesOf } from '../../spec/descriptions.ts';
import { isMoment, descriptionOf, propertiesOf } from '../../spec/properties.ts';
import { endsAt, isTime } from '../../spec/values/time-pairs.ts';
import type { RequestPlan } from '../case.ts';
import { preferredBody, type Planning } from '../planning.ts';
import type { Variation } from './variations.ts';

/** The body with each such pair of times exchanged. */
export function reversedTimes(planning: Planning, base: RequestPlan): Variation[] {
  const { contract } = planning;
  const { body, operation } = base;
  const media = preferredBody(operation);
  const value = body?.value;
  if (!media?.schema || !body || !isObject(value)) return [];
  const places = propertiesOf(contract, media.schema);
  const own = sentencesAt(contract, operation.pointer);
  return Object.keys(value).flatMap((begin) =>
    Object.keys(value).flatMap((end): Variation[] => {
      const [first, last, place, start] = [value[begin], value[end], places.get(end), places.get(begin)];
      const { schema } = media;
      if (!schema) return [];
      if (!isTime(first) || !isTime(last) || !(Date.parse(first) < Date.parse(last)) || !place || !start) return [];
      const [opens, closes] = [namedIn(begin), namedIn(end)];
      const said = endsAt(begin, end)
        ? own.some((one) => opens.test(one) && closes.test(one) && comparing.test(one)) ||
          isCompared(descriptionOf(contract, place), opens) ||
          isCompared(descriptionOf(contract, start), closes)
        : isToldFirst(planning, operation, begin, end);
      const reversed = { ...value, [begin]: last, [end]: first };
      if (!said || contract.validators.validate(schema, reversed, 'request').kind !== 'valid') return [];
      return [
        {
          title: `\`${end}\` before \`${begin}\``,
          request: { ...base, body: { ...body, value: reversed } },
          promise: place.pointer,
          place: `/${end}`,
          topic: `${place.pointer} order`,
          ordinary: false,
          open: false,
          // `from` and `end` are words of any sentence
          confidence: [begin, end].every((name) => nameWords(name).length > 1) ? 'certain' : 'likely',
        },
      ];
    }),
  );
}

const comparing = /\b(?:after|later|before|earlier)\b/i;

/** Finds the name in a sentence, as it is or in words: `checkIn`, `check-in`, `check in`. */
function namedIn(name: string): RegExp {
  return new RegExp(`\\b${nameWords(name).join('[ _-]?')}\\b`, 'i');
}

function isCompared(description: string, other: RegExp): boolean {
  return sentencesOf(description).some((one) => other.test(one) && comparing.test(one));
}

/** Whether the words of an operation or of its body put one time before another though no name tells: `not after startsAt` of itself, `doorsAt must not be after startsAt` of both. */
export function isToldFirst({ contract }: Planning, operation: Operation, begin: string, end: string): boolean {
  const schema = preferredBody(operation)?.schema;
  const start = schema && propertiesOf(contract, schema).get(begin);
  if (!start) return false;
  const before = String.raw`(?:\b[Nn]ot (?:be |lie )?(?:after|later than)|(?<!\b[Nn]ot (?:be |lie )?)\b(?:[Bb]efore|[Ee]arlier than)) (?:the )?`;
  const mark = '[`"*]?';
  const [first, last] = [RegExp.escape(begin), RegExp.escape(end)];
  const own = new RegExp(`${before}${mark}${last}(?!\\w)`);
  const both = new RegExp(`(?<!\\w)${first}${mark} (?:must|may|can|has to|is|lies)\\b[^,]*?${before}${mark}${last}(?!\\w)`);
  const whole = [descriptionAt(contract, operation.pointer), descriptionOf(contract, schema)].flatMap(sentencesOf);
  return sentencesOf(descriptionOf(contract, start)).some((one) => own.test(one)) || whole.some((one) => both.test(one));
}

/** Whether an object has times in another order than words tell, or one of two that words put in order, without the other. */
export function ignoresToldOrder(planning: Planning, operation: Operation, value: JsonObject): boolean {
  const schema = preferredBody(operation)?.schema;
  const places = schema ? [...propertiesOf(planning.contract, schema)] : [];
  const times = places.flatMap(([name, place]) => (isMoment(planning.contract, place) ? [name] : []));
  return times.some((one) =>
    times.some((other) => {
      if (one === other || !isTime(value[one])) return false;
      const [first, last] = [Date.parse(value[one]), Date.parse(String(value[other]))];
      if (!(first <= last) && isToldFirst(planning, operation, one, other)) return true;
      return value[other] === undefined && isToldFirst(planning, operation, other, one);
    }),
  );
}
