/** Whether a schema takes text of any kind: then rules that no schema tells may stand behind what an API refuses. */
import type { Contract, SchemaPlace } from '../contract.ts';
import { alternativesOf } from './alternatives.ts';
import { viewOf } from './schema-view.ts';
import { enumeratedValues } from './stated-values.ts';
import { isFreeText, stringRules } from './string-rules.ts';

/** True where one alternative is a string without enumeration, pattern and format. */
export function takesFreeText(contract: Contract, place: SchemaPlace): boolean {
  return alternativesOf(contract, viewOf(contract, [place])).some(
    ({ view, type }) => type === 'string' && enumeratedValues(view) === undefined && isFreeText(view, stringRules(view)),
  );
}
