/** Members of a body that say what the path says already: `project` in what is sent to `/projects/{projectId}/context`. Pure. */
import { isObject, type Json } from '../../lib/json.ts';
import { pathSegments, plainName, segmentParameter, singularName } from '../../lib/names.ts';
import type { Operation } from '../../spec/contract.ts';
import type { RequestPlan } from '../case.ts';
import { preferredBody, type Planning } from '../planning.ts';

/** The path parameter that each such member repeats, by the member's name; none of what the path is about in the end, which may have a name of its own in its body. */
export function pathMembers({ path }: Operation, names: readonly string[]): ReadonlyMap<string, string> {
  const segments = pathSegments(path);
  const found = new Map<string, string>();
  for (const [index, segment] of segments.slice(0, -1).entries()) {
    const parameter = segmentParameter(segment);
    const thing = singularName(segments[index - 1] ?? '');
    if (parameter === undefined || thing === '') continue;
    const spellings = new Set([plainName(parameter), thing, `${thing}id`]);
    for (const name of names) if (spellings.has(plainName(name))) found.set(name, parameter);
  }
  return found;
}

/** The request with a body that says the same as its path, where the schema lets it. */
export function inAgreement({ contract }: Planning, request: RequestPlan): RequestPlan {
  const { operation, parameters, body } = request;
  const schema = preferredBody(operation)?.schema;
  if (!schema || !body || !isObject(body.value)) return request;
  const said = [...pathMembers(operation, Object.keys(body.value))].flatMap(([name, parameter]): [string, Json][] => {
    const told = parameters.find((one) => one.in === 'path' && one.name === parameter)?.value;
    return told === undefined ? [] : [[name, told]];
  });
  if (said.length === 0) return request;
  const value = { ...body.value, ...Object.fromEntries(said) };
  return contract.validators.validate(schema, value, 'request').kind === 'valid' ? { ...request, body: { ...body, value } } : request;
}
