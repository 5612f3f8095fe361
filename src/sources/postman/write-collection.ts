/** A contract as a Postman collection of format 2.1: folders by tag, realistic bodies, tests that read easily, credentials by variables. Pure. */
import { createHash } from 'node:crypto';
import { valueAt } from '../../lib/json-pointer.ts';
import { member, type JsonObject } from '../../lib/json.ts';
import { examplePlanning } from '../../cases/example-planning.ts';
import { parameterValue, type Planning } from '../../cases/planning.ts';
import type { Resource } from '../../cases/inference/resources.ts';
import type { Contract, Operation } from '../../spec/contract.ts';
import { endedBy } from '../../spec/withheld.ts';
import { deletesOthers, itemRequest } from './item-request.ts';
import { guardScript, isOpen, removalScript, testScript } from './item-script.ts';
import { sequence, variableNames, type Entry } from './sequence.ts';

/** A folder of a new collection, with the operation behind each item. */
export interface CollectionFolder {
  readonly name: string;
  readonly items: readonly { readonly operation: Operation; readonly item: CollectionItem }[];
}

/** An Item Object with a request. */
type CollectionItem = JsonObject & { readonly request: JsonObject };

/** What the items of others do, in a collection that has some. */
export interface OthersItems {
  readonly sends: (operation: Operation) => boolean;
  /** Whether their scripts set the variable. */
  readonly sets: (variable: string) => boolean;
}

const nobody: OthersItems = { sends: () => false, sets: () => false };

/** The folders of the contract's collection without what others send, in the order in which they can be run. Items ask for a success where what they need is made before them. */
export function collectionFolders(contract: Contract, others: OthersItems = nobody): readonly CollectionFolder[] {
  const planning = examplePlanning(contract);
  const names = variableNames(planning.resources.all);
  const folders = sequence(planning);
  const makers = new Map(
    folders.flatMap(({ entries }) => entries.flatMap((entry) => (entry.makes === undefined ? [] : [[entry.makes, entry] as const]))),
  );
  const isMade = (resource: Resource, asked: readonly Resource[] = []): boolean => {
    if (asked.includes(resource) || others.sets(names.get(resource) ?? '')) return true;
    const maker = makers.get(resource);
    if (maker === undefined || others.sends(maker.operation)) return false;
    return [...maker.needs.values()].every((needed) => isMade(needed, [...asked, resource]));
  };
  return folders.map(({ name, entries }) => ({
    name,
    items: entries
      .filter(({ operation }) => !others.sends(operation))
      .map((entry) => {
        const usual = entry.usual && [...entry.needs.values()].every((resource) => isMade(resource));
        return { operation: entry.operation, item: itemOf(planning, { ...entry, usual }, names) };
      }),
  }));
}

/** The collection, whose credential is of the wanted type where the document knows it. @see https://schema.postman.com/json/collection/v2.1.0/docs/index.html */
export function writeCollection(contract: Contract, wanted?: AuthType): JsonObject {
  const auth = collectionAuth(contract, wanted);
  const variable = chosenIdentifiers(contract);
  return {
    info: {
      _postman_id: uuidOf(contract.title),
      name: contract.title,
      description:
        'Set `baseUrl` to where the paths of the API begin, and the credential’s variables, as the environment template shows. Run as a whole, it removes what it makes.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    ...(auth !== undefined && { auth }),
    item: collectionFolders(contract).map(({ name, items }) => ({ name, item: items.map(({ item }) => item) })),
    ...(variable.length > 0 && { variable }),
  };
}

/** The template of an environment: the variables that somebody has to fill in. */
export function writeEnvironment(contract: Contract, baseUrl: string, wanted?: AuthType): JsonObject {
  const auth = collectionAuth(contract, wanted);
  const secrets = auth === undefined ? [] : auth['type'] === 'basic' ? ['username', 'password'] : ['token'];
  return {
    id: uuidOf(`${contract.title} environment`),
    name: contract.title,
    values: [
      { key: 'baseUrl', value: baseUrl, type: 'default', enabled: true },
      ...secrets.map((key) => ({ key, value: '', type: 'secret', enabled: true })),
    ],
    _postman_variable_scope: 'environment',
  };
}

function itemOf(planning: Planning, entry: Entry, names: ReadonlyMap<Resource, string>): CollectionItem {
  const { contract } = planning;
  const { operation } = entry;
  const summary = member(valueAt(contract.document, operation.pointer), 'summary');
  const ends = endedBy(operation);
  const before = deletesOthers(operation)
    ? guardScript('It deletes more than this collection has made')
    : ends !== undefined
      ? guardScript(`It ends ${ends}`)
      : removalScript(entry, names);
  const script = (listen: string, exec: readonly string[]): JsonObject => ({ listen, script: { type: 'text/javascript', exec } });
  return {
    name: typeof summary === 'string' && summary !== '' ? summary : operation.id,
    event: [...(before.length > 0 ? [script('prerequest', before)] : []), script('test', testScript(contract, entry, names))],
    request: { ...itemRequest(planning, entry, names), ...(isOpen(contract, operation) && { auth: { type: 'noauth' } }) },
    response: [],
  };
}

/** How a collection sends a credential, in Postman's words. */
export type AuthType = 'basic' | 'apikey' | 'bearer';

/** The way to send a credential: that of the document's first scheme that Postman knows and that is of the wanted type, else of the first that Postman knows; undefined where nothing is secured. */
export function collectionAuth({ securitySchemes }: Contract, wanted?: AuthType): JsonObject | undefined {
  const pair = (key: string, value: string): JsonObject => ({ key, value, type: 'string' });
  const ways = [...securitySchemes.values()].flatMap(({ type, scheme, in: place, parameterName = '' }): JsonObject[] => {
    if (scheme === 'basic') return [{ type: 'basic', basic: [pair('username', '{{username}}'), pair('password', '{{password}}')] }];
    if (type === 'apiKey' && parameterName.toLowerCase() !== 'authorization' && place !== 'cookie')
      return [{ type: 'apikey', apikey: [pair('key', parameterName), pair('value', '{{token}}'), pair('in', place ?? 'header')] }];
    return type === 'mutualTLS' ? [] : [{ type: 'bearer', bearer: [pair('token', '{{token}}')] }];
  });
  return ways.find(({ type }) => type === wanted) ?? ways[0];
}

/** Identifiers that no creation tells have a value from the start: the client chooses them, or a list may have none. */
function chosenIdentifiers(contract: Contract): JsonObject[] {
  const planning = examplePlanning(contract);
  return [...variableNames(planning.resources.all)].flatMap(([{ create, read, parameter }, key]) => {
    const operation = create?.method === 'POST' ? undefined : (create ?? read);
    const declared = operation?.parameters.find(({ name }) => name === parameter);
    const value = declared && parameterValue(planning, declared, 0)?.value;
    return value === undefined ? [] : [{ key, value: typeof value === 'string' ? value : JSON.stringify(value) }];
  });
}

/** A UUID that stays the same for the same text. @see https://www.rfc-editor.org/rfc/rfc9562#section-5.8 */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
