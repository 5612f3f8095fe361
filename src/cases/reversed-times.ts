/** An end before its beginning, where the document says that it comes after it. Pure. */
import { isObject, member } from '../lib/json.ts';
import { valueAt } from '../lib/json-pointer.ts';
import { plainName } from '../lib/names.ts';
import { descriptionOf, propertiesOf } from '../spec/properties.ts';
import { endsAt } from '../spec/values/time-pairs.ts';
import type { RequestPlan } from './case.ts';
import { preferredBody, type Planning } from './planning.ts';
import type { Variation } from './variations.ts';

/** The body with each such pair of times exchanged. */
export function reversedTimes({ contract }: Planning, base: RequestPlan): Variation[] {
  const { body, operation } = base;
  const media = preferredBody(operation);
  const value = body?.value;
  if (!media?.schema || !body || !isObject(value)) return [];
  const places = propertiesOf(contract, media.schema);
  const own = String(member(valueAt(contract.document, operation.pointer), 'description') ?? '');
  return Object.keys(value).flatMap((begin) =>
    Object.keys(value).flatMap((end): Variation[] => {
      const [first, last, place, start] = [value[begin], value[end], places.get(end), places.get(begin)];
      const { schema } = media;
      if (!schema) return [];
      if (typeof first !== 'string' || typeof last !== 'string' || first === last || !place || !start || !endsAt(begin, end)) return [];
      if (Number.isNaN(Date.parse(first)) || Number.isNaN(Date.parse(last))) return [];
      const sentences = [
        ...own.split(/[.;](?:\s|$)/).map((one) => plainName(one)),
        `${plainName(end)}${plainName(descriptionOf(contract, place))}`,
        `${plainName(begin)}${plainName(descriptionOf(contract, start))}`,
      ];
      const said = sentences.some(
        (one) => one.includes(plainName(begin)) && one.includes(plainName(end)) && /after|later|before|earlier/.test(one),
      );
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
          confidence: 'certain',
        },
      ];
    }),
  );
}
