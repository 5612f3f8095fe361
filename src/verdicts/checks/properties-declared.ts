/** Where the user is strict: the document must name every property that comes. */
import { isObject } from '../../lib/json.ts';
import { valueAt } from '../../lib/json-pointer.ts';
import { undeclaredProperties } from '../../spec/undeclared-properties.ts';
import type { Check } from '../check.ts';
import { cannotJudge, fail, pass } from '../judgements.ts';
import { strictnessOf } from '../strictness.ts';

const id = 'properties-declared';

export const propertiesDeclared: Check = {
  id,
  title: 'every property of the body is named by some branch of its schema',
  source: 'specproof --strict; JSON Schema 2020-12 core section 11.3',
  judge: ({ strict, operation, contract, exchange, response, bodiless, content }) => {
    const level = strictnessOf(strict, operation.id);
    if (level === 'off' || bodiless || exchange.fault || response.body.length === 0) return [];
    const read = content();
    if (read.kind !== 'parts') return [];
    const broken = read.parts.flatMap(({ place, value, at }) => {
      const found = undeclaredProperties(contract, place, value);
      if ('reason' in found) return [cannotJudge(id, found.reason)];
      return found.properties.map(({ instance, properties, suggestion }) => {
        const came = JSON.stringify(valueAt(value, instance)) ?? '';
        const [name = ''] = Object.keys(isObject(suggestion) ? suggestion : {});
        return fail(id, `${at}${instance} is named by no branch of the schema`, {
          // items of a list differ in their place only
          topic: `${properties}/${name}`,
          where: `response.body${at}${instance}`,
          promise: { pointer: properties, text: `add ${JSON.stringify(suggestion)}` },
          came: came.length > 160 ? `${came.slice(0, 159)}…` : came,
          confidence: level === 'fail' ? 'certain' : 'likely',
        });
      });
    });
    return broken.length > 0 ? [...new Map(broken.map((judgement) => [judgement.topic, judgement])).values()] : [pass(id)];
  },
};
