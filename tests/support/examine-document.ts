/** Examines what specproof makes of a document that others wrote: operations found again, validators, valid values, all beside a second validator. */
import type { Json } from '../../src/lib/json.ts';
import type { Contract, Direction, SchemaPlace } from '../../src/spec/contract.ts';
import { sampleValue } from '../../src/spec/values/sample-value.ts';
import { schemaPlaces } from './schema-contract.ts';
import { closure, secondOpinion } from './second-opinion.ts';

export interface Examination {
  readonly operations: number;
  readonly schemas: number;
  /** Values that both validators judged. */
  readonly values: number;
  /** What only we can judge, or nobody: the reason, for each schema. */
  readonly notes: readonly string[];
  /** What must not be. */
  readonly problems: readonly string[];
}

/** Looks at every operation, and at every `every`-th schema of parameters and bodies. */
export async function examineDocument(contract: Contract, every = 1): Promise<Examination> {
  const places = schemaPlaces(contract).filter((_, index) => index % every === 0);
  const problems = lostOperations(contract);
  const notes: string[] = [];
  let values = 0;
  for (const { place, direction, name } of places) {
    const said = await examineSchema(contract, place, direction, name);
    if (said.kind === 'agreed') values++;
    else (said.kind === 'note' ? notes : problems).push(`${place.pointer} (${direction}): ${said.text}`);
  }
  return { operations: contract.operations.length, schemas: places.length, values, notes, problems };
}

/** Operations that a request of their own shape does not lead to. */
function lostOperations(contract: Contract): string[] {
  const shape = (path: string): string => path.replaceAll(/\{[^}]*\}/g, '{}');
  return contract.operations.flatMap(({ id, method, path }) => {
    const found = contract.match(method, path.replaceAll(/\{[^}]*\}/g, 'x1'));
    return found !== undefined && shape(found.path) === shape(path)
      ? []
      : [`${id} is not found by its own path, but ${found?.id ?? 'nothing'}`];
  });
}

type Said = { readonly kind: 'agreed' } | { readonly kind: 'note' | 'problem'; readonly text: string };

async function examineSchema(contract: Contract, place: SchemaPlace, direction: Direction, name: string): Promise<Said> {
  const second = await secondOpinion(contract.document, place.pointer, direction).catch((error: unknown) => String(error));
  const own = contract.validators.validate(place, null, direction);
  if (own.kind === 'cannot-judge')
    return { kind: typeof second === 'string' ? 'note' : 'problem', text: `cannot be judged: ${own.reason}` };
  const value = sampleValue(contract, place, { direction, seed: 1, name });
  if (value === undefined) return { kind: 'note', text: 'no valid value is found' };
  if (contract.validators.validate(place, value, direction).kind !== 'valid')
    return { kind: 'problem', text: `the made value ${shown(value)} is not valid` };
  if (typeof second === 'string') return { kind: 'note', text: `the second validator refuses the schema: ${second.slice(0, 120)}` };
  if (second(value)) return { kind: 'agreed' };
  const chosen = JSON.stringify(closure(contract.document, place.pointer, direction)).includes('"discriminator"');
  return chosen
    ? { kind: 'note', text: 'only the discriminator, which the second validator does not know, tells the alternatives apart' }
    : { kind: 'problem', text: `the second validator refuses the made value ${shown(value)}` };
}

const shown = (value: Json): string => JSON.stringify(value).slice(0, 200);
