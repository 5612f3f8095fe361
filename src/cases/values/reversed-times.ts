/** An end before its beginning, where the document says that it comes after it. Pure. */
import { isObject } from '../../lib/json.ts';
import { nameWords } from '../../lib/names.ts';
import { descriptionAt, sentencesOf } from '../../spec/descriptions.ts';
import { descriptionOf, propertiesOf } from '../../spec/properties.ts';
import { endsAt, isTime } from '../../spec/values/time-pairs.ts';
import type { RequestPlan } from '../case.ts';
import { preferredBody, type Planning } from '../planning.ts';
import type { Variation } from './variations.ts';

/** The body with each such pair of times exchanged. */
export function reversedTimes({ contract }: Planning, base: RequestPlan): Variation[] {
  const { body, operation } = base;
  const media = preferredBody(operation);
  const value = body?.value;
  if (!media?.schema || !body || !isObject(value)) return [];
  const places = propertiesOf(contract, media.schema);
  const own = sentencesOf(descriptionAt(contract, operation.pointer));
  return Object.keys(value).flatMap((begin) =>
    Object.keys(value).flatMap((end): Variation[] => {
      const [first, last, place, start] = [value[begin], value[end], places.get(end), places.get(begin)];
      const { schema } = media;
      if (!schema) return [];
      if (!isTime(first) || !isTime(last) || first === last || !place || !start || !endsAt(begin, end)) return [];
      const [opens, closes] = [namedIn(begin), namedIn(end)];
      const said =
        own.some((one) => opens.test(one) && closes.test(one) && comparing.test(one)) ||
        isCompared(descriptionOf(contract, place), opens) ||
        isCompared(descriptionOf(contract, start), closes);
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
