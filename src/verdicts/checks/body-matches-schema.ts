/** The body must fit the schema that the response declares for its media type: one judgement a broken promise. */
import type { Json } from '../../lib/json.ts';
import { valueAt } from '../../lib/json-pointer.ts';
import type { ContentPart } from '../content.ts';
import type { Check } from '../check.ts';
import { cannotJudge, fail, pass } from '../judgements.ts';
import type { Judgement } from '../verdict.ts';
import type { Subject } from '../subject.ts';

const id = 'body-matches-schema';

export const bodyMatchesSchema: Check = {
  id,
  title: 'the body fits the declared schema',
  source: 'OpenAPI 3.1.1 Schema Object; JSON Schema 2020-12',
  judge: (subject) => {
    const { bodiless, response, exchange, media, type } = subject;
    // an empty text is a text
    const absent = response.body.length === 0 && !response.bodyLost && type?.type !== 'text';
    if (bodiless || exchange.fault || absent || !(media?.schema ?? media?.itemSchema)) return [];
    const content = subject.content();
    const confidence = confidenceOf(subject);
    switch (content.kind) {
      case 'parts': {
        const judged = content.parts.flatMap((part) => judgePart(part, subject));
        return judged.length > 0 ? judged : [pass(id)];
      }
      case 'misfit': {
        const { pointer, promise, came, at } = content;
        const details = { topic: pointer, where: `response.body${at}`, promise: { pointer, text: promise }, came, confidence };
        return [fail(id, `${at === '' ? 'the body' : at} ${promise}`, details)];
      }
      case 'unknown':
        return [cannotJudge(id, content.reason, { pointer: media.pointer, text: media.type })];
      case 'broken':
      case 'free':
        return [];
      default:
        return content satisfies never;
    }
  },
};

/** The body of an undeclared success is held against its nearest declared sibling: a likely promise. */
const confidenceOf = ({ declared }: Subject): 'certain' | 'likely' => (declared ? 'certain' : 'likely');

function judgePart({ place, value, numbers, at }: ContentPart, subject: Subject): readonly Judgement[] {
  const validity = subject.contract.validators.validate(place, value, 'response', numbers);
  if (validity.kind === 'valid') return [];
  if (validity.kind === 'cannot-judge')
    return [cannotJudge(id, validity.reason, { pointer: place.pointer, text: subject.media?.type ?? '' })];
  return validity.violations.map((violation) => {
    const where = at + violation.instance;
    return fail(id, `${where === '' ? 'the body' : where} ${violation.message}`, {
      topic: violation.schema,
      where: `response.body${where}`,
      promise: { pointer: violation.schema, text: violation.message },
      came: numbers.get(violation.instance) ?? shown(valueAt(value, violation.instance)),
      confidence: confidenceOf(subject),
    });
  });
}

function shown(value: Json | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}
