/** All that answering a request needs to know: contract, inferred resources and plans, store, clock. One for each stand-in. */
import type { Json } from '../../lib/json.ts';
import type { Contract, SchemaPlace } from '../../spec/contract.ts';
import { statedRules, type StatedRules } from '../../spec/stated-rules.ts';
import { sampleValue } from '../../spec/values/sample-value.ts';
import { inferResources } from './infer-resources.ts';
import type { EmbeddedTargetOptions } from './options.ts';
import { ownerRules, type OwnerRule } from './owners.ts';
import { planOperations, type Plan } from './plan-operations.ts';
import type { Resource } from './resource.ts';
import { createShapes, type Shapes } from './shapes.ts';
import { createStore, type Store } from './store.ts';
import { successOf } from './successes.ts';

export interface World {
  readonly contract: Contract;
  readonly shapes: Shapes;
  readonly resources: readonly Resource[];
  /** By operation id. */
  readonly plans: ReadonlyMap<string, Plan>;
  readonly owners: ReadonlyMap<string, OwnerRule>;
  /** By operation id. */
  readonly rules: ReadonlyMap<string, StatedRules>;
  readonly store: Store;
  /** Where files are put, by the pointer of the schema that their upload answers with: lists of such items are lists of files. */
  readonly uploadSlots: ReadonlyMap<string, string>;
  /** Collections that have been given entities from without, made up or seen elsewhere. */
  readonly seeded: Set<string>;
  readonly options: EmbeddedTargetOptions;
  /** A value that the schema allows in a response, or undefined when none is found; `turn` varies it. */
  readonly sample: (place: SchemaPlace, turn: number, name?: string) => Json | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Says something to whoever started the stand-in. */
  readonly note: (line: string) => void;
}

/** A world without entities. Throws HarnessError E_OVERLAY for a stated rule that cannot be read. */
export function createWorld(contract: Contract, options: EmbeddedTargetOptions, note: (line: string) => void): World {
  const shapes = createShapes(contract);
  const resources = inferResources(contract, shapes);
  const plans = planOperations(contract, shapes, resources);
  const said = new Set<string>();
  return {
    contract,
    shapes,
    resources,
    options,
    plans,
    owners: ownerRules(contract),
    rules: statedRules(contract),
    store: createStore(),
    uploadSlots: uploadSlots(shapes, plans),
    seeded: new Set(),
    sample: (place, turn, name) =>
      sampleValue(contract, place, { direction: 'response', seed: turn, ...(name === undefined ? {} : { name }) }),
    now: Date.now,
    note: (line) => {
      if (!said.has(line)) note(line);
      said.add(line);
    },
  };
}

function uploadSlots(shapes: Shapes, plans: ReadonlyMap<string, Plan>): ReadonlyMap<string, string> {
  return new Map(
    [...plans.values()].flatMap(({ deed, operation }): [string, string][] => {
      const schema = deed.kind === 'upload' ? successOf(operation)?.media?.schema : undefined;
      return schema === undefined || deed.kind !== 'upload' ? [] : [[shapes.settled(schema).pointer, deed.slot]];
    }),
  );
}
