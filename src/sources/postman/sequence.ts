/** Orders a contract's operations so that each comes after what makes the things it needs. Pure. */
import { isObject } from '../../lib/json.ts';
import { safeMethods } from '../../lib/methods.ts';
import { nameWords, segmentParameter, pathSegments, singularName } from '../../lib/names.ts';
import { ordinaryBody, type Planning } from '../../cases/planning.ts';
import type { Resource } from '../../cases/inference/resources.ts';
import type { Operation } from '../../spec/contract.ts';

/** An operation in a collection. */
export interface Entry {
  readonly operation: Operation;
  /** Of the resources whose things it is about or refers to, by the name of the parameter or the body's member. */
  readonly needs: ReadonlyMap<string, Resource>;
  /** The resource that it makes one of. */
  readonly makes: Resource | undefined;
  /** Whether nothing but what the collection made decides what it answers: one of the usual operations on a resource. */
  readonly usual: boolean;
}

export interface Folder {
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** Name of the folder that removes what the others made. */
export const cleanUp = 'Clean up';
const untagged = 'Other';

/** A folder for each first tag, in the document's order as far as needs allow, and what removes things at the end in reverse. */
export function sequence(planning: Planning): readonly Folder[] {
  const { contract, resources } = planning;
  const entries = contract.operations.map((operation) => entryOf(planning, operation));
  const removals = new Set(resources.all.flatMap(({ create, remove }) => (create && remove ? [remove.id] : [])));
  const kept = entries.filter(({ operation }) => !removals.has(operation.id));
  const byTag = Map.groupBy(kept, ({ operation }) => operation.tags[0] ?? untagged);
  const folders = [...byTag].map(([name, own]) => ({ name, entries: inOrder(own) }));
  const ordered = visit(folders, (folder) =>
    folders.filter((other) => other !== folder && other.entries.some(({ makes }) => makes && needsOf(folder).has(makes))),
  );
  const made = ordered.flatMap((folder) => folder.entries.flatMap(({ makes }) => makes ?? []));
  const last = entries
    .filter(({ operation }) => removals.has(operation.id))
    .toSorted((left, right) => place(made, right) - place(made, left));
  return last.length === 0 ? ordered : [...ordered, { name: cleanUp, entries: last }];
}

const place = (made: readonly Resource[], { operation }: Entry): number => made.findIndex(({ remove }) => remove?.id === operation.id);

const needsOf = ({ entries }: Folder): ReadonlySet<Resource> => new Set(entries.flatMap(({ needs }) => [...needs.values()]));

function entryOf(planning: Planning, operation: Operation): Entry {
  const { resources } = planning;
  const makes = resources.createdBy(operation);
  const needs = new Map<string, Resource>();
  for (const { name, in: where, required } of operation.parameters) {
    const resource = where === 'path' ? resources.ofPathParameter(operation, name) : required ? resources.ofReference(name) : undefined;
    if (resource !== undefined) needs.set(name, resource);
  }
  const body = ordinaryBody(planning, operation, 0)?.value;
  for (const name of isObject(body) ? Object.keys(body) : []) {
    const resource = resources.ofMember(operation, name);
    if (resource !== undefined && resource !== makes) needs.set(name, resource);
  }
  const usual = resources.all.some((resource) =>
    [resource.create, resource.list, resource.read, resource.replace, resource.patch, resource.remove].includes(operation),
  );
  return { operation, needs, makes, usual: usual && [...needs.values()].every((resource) => resource.create !== undefined) };
}

/** Makers before users; then lists, writes, reads and removals of parts, each as the document orders them. */
function inOrder(entries: readonly Entry[]): readonly Entry[] {
  const ranked = entries.toSorted((left, right) => rank(left) - rank(right));
  return visit(ranked, ({ needs, makes: own }) =>
    ranked.filter(({ makes }) => makes !== undefined && makes !== own && [...needs.values()].includes(makes)),
  );
}

/** A part is uploaded before it is read: writes of what is there come before reads. */
function rank({ operation: { method }, makes, needs }: Entry): number {
  if (makes !== undefined) return 0;
  if (method === 'DELETE') return 4;
  if (safeMethods.has(method)) return needs.size > 0 ? 3 : 1;
  return method === 'PUT' && needs.size > 0 ? 1 : 2;
}

/** All, each behind what it depends on; a circle is cut where it was entered. */
function visit<Item>(items: readonly Item[], dependencies: (item: Item) => readonly Item[]): readonly Item[] {
  const done = new Set<Item>();
  const entered = new Set<Item>();
  const enter = (item: Item): void => {
    if (entered.has(item)) return;
    entered.add(item);
    for (const other of dependencies(item)) enter(other);
    done.add(item);
  };
  for (const item of items) enter(item);
  return [...done];
}

/** A variable's name for each resource: `jobScriptId`. */
export function variableNames(resources: readonly Resource[]): ReadonlyMap<Resource, string> {
  const names = new Map<Resource, string>();
  for (const resource of resources) {
    const parts = pathSegments(resource.collection).filter((segment) => segmentParameter(segment) === undefined);
    for (let from = parts.length - 1; from >= 0; from -= 1) {
      const name = `${camelCase(parts.slice(from))}Id`;
      if (from > 0 && [...names.values()].includes(name)) continue;
      names.set(resource, name);
      break;
    }
  }
  return names;
}

function camelCase(parts: readonly string[]): string {
  const words = parts.flatMap((part) => {
    const own = nameWords(part);
    return [...own.slice(0, -1), singularName(own.at(-1) ?? '')];
  });
  return words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
}
