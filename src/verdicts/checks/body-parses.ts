/** Content that calls itself JSON must be JSON, and must be there where a schema is declared. */
import { isObject } from '../../lib/json.ts';
import { parsedBody } from '../../requests/answer.ts';
import { isJson, isJsonType } from '../../lib/media-type.ts';
import type { Check } from '../check.ts';
import { fail, pass } from '../judgements.ts';
import { cameLine } from '../subject.ts';

const id = 'body-parses';

export const bodyParses: Check = {
  id,
  title: 'the body is there where it is declared, and is of the format its Content-Type names',
  source: 'RFC 8259; OpenAPI 3.1.1 Media Type Object',
  judge: ({ declared, response, bodiless, type, mediaType, exchange }) => {
    if (bodiless || exchange.fault || response.bodyLost) return [];
    if (response.body.length === 0) {
      const described = declared?.content.filter(({ schema, type: name }) => schema && schema.schema !== true && isJsonType(name)) ?? [];
      const [first] = described;
      if (!first || described.length < (declared?.content.length ?? 0)) return [];
      const promise = { pointer: first.pointer, text: `a body of ${first.type}` };
      // frameworks write an empty schema where the author has said nothing
      const confidence = described.some(({ schema }) => isObject(schema?.schema) && Object.keys(schema.schema).length > 0)
        ? 'certain'
        : 'likely';
      return [
        fail(id, 'the body is empty where one is declared', {
          topic: `empty ${first.type}`,
          where: 'response.body',
          promise,
          came: cameLine(response),
          confidence,
        }),
      ];
    }
    if (!type || !isJson(type)) return [];
    const parsed = parsedBody(response);
    if (parsed.kind !== 'not-json') return [pass(id)];
    const promise = mediaType && { pointer: mediaType.pointer, text: mediaType.type };
    return [
      fail(id, `the body is no JSON: ${parsed.reason}`, {
        topic: 'not json',
        where: 'response.body',
        ...(promise && { promise }),
        came: cameLine(response),
      }),
    ];
  },
};
