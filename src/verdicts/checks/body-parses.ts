/** Content that calls itself JSON must be JSON, and must be there where a schema is declared. */
import { isObject } from '../../lib/json.ts';
import { parseBytes } from '../../requests/answer.ts';
import { isJson, isJsonType } from '../../lib/media-type.ts';
import type { Check } from '../check.ts';
import { fail, pass } from '../judgements.ts';
import { cameLine, type Subject } from '../subject.ts';
import type { Judgement, PromisePlace } from '../verdict.ts';

const id = 'body-parses';

export const bodyParses: Check = {
  id,
  title: 'the body is there where it is declared, and is of the format its Content-Type names',
  source: 'RFC 8259; OpenAPI 3.1.1 Media Type Object',
  judge: (subject) => {
    const { declared, response, bodiless, exchange } = subject;
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
    return judgeContent(subject);
  },
};

function judgeContent(subject: Subject): readonly Judgement[] {
  const { response, type, mediaType } = subject;
  if (!type) return [];
  const content = subject.content();
  const details = (): { readonly where: string; readonly came: string; readonly promise?: PromisePlace } => ({
    where: 'response.body',
    came: cameLine(response),
    ...(mediaType && { promise: { pointer: mediaType.pointer, text: mediaType.type } }),
  });
  if (content.kind === 'broken')
    return [
      fail(id, `the body ${content.reason}`, {
        ...details(),
        topic: `not ${isJson(type) ? 'json' : type.subtype}`,
        confidence: content.confidence ?? 'certain',
      }),
    ];
  const duplicate = isJson(type) ? duplicateIn(response.body) : undefined;
  if (duplicate === undefined) return isJson(type) || content.kind === 'parts' ? [pass(id)] : [];
  // RFC 8259 says only that names should be unique; readers take one value or the other
  return [fail(id, `the body gives the name at ${duplicate} twice`, { ...details(), topic: 'duplicate name', confidence: 'likely' })];
}

function duplicateIn(bytes: Uint8Array): string | undefined {
  const parsed = parseBytes(bytes);
  return parsed.kind === 'json' ? parsed.details.duplicate : undefined;
}
