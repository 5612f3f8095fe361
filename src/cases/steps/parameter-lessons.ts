/** Values that a refusal lists for the parameters of the request that it refuses. Pure. */
import type { Json } from '../../lib/json.ts';
import type { Contract } from '../../spec/contract.ts';
import type { Answer, ParameterValue, RequestPlan } from '../case.ts';
import { choicesIn, complaintsIn, mentions, sentencesIn } from '../complaints.ts';

/** The parameters that the refusal lists other values for, each with the first of those that the document allows. */
export function taughtParameters(contract: Contract, { operation, parameters }: RequestPlan, refusal: Answer): readonly ParameterValue[] {
  return parameters.flatMap((sent) => {
    const place = operation.parameters.find((declared) => declared.name === sent.name && declared.in === sent.in)?.schema;
    if (!place) return [];
    const value = wordsAbout(sent, refusal.json)
      .flatMap(choicesIn)
      .find((choice) => choice !== sent.value && contract.validators.validate(place, choice, 'request').kind === 'valid');
    return value === undefined ? [] : [{ ...sent, value }];
  });
}

/** What is said where the parameter is the place of an error, and in sentences that name it or the value that was sent. */
function wordsAbout({ name, value }: ParameterValue, refusal: Json | undefined): readonly string[] {
  const told = complaintsIn(refusal, [name], 'parameters').map(({ words }) => words);
  return [...told, ...sentencesIn(refusal).filter((sentence) => mentions(sentence, name) || mentions(sentence, value))];
}
