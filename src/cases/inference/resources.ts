/** Infers resources from paths, names and shapes: what is created where, under which identifier it is read, updated and deleted. Pure. */
import type { Contract, Operation } from '../../spec/contract.ts';
import { keepByText } from '../../lib/keep-by-text.ts';
import { once } from '../../lib/once.ts';
import { descriptionOfParameter, identifierOf } from './identifier-of.ts';
import { referencesByCall, referencesByForm } from './reference-forms.ts';
import { resourceOfParameter } from './path-parameters.ts';
import { representation } from './representation.ts';
import { indexPaths, singularPath, type Paths } from './paths.ts';
import { listIn, propertiesOf, successBody, typesOf } from '../../spec/properties.ts';
import { nameWords, pathAfter, pathSegments, plainName, segmentParameter, singularName } from '../../lib/names.ts';
import { declaresStatus } from '../../spec/declares-status.ts';

/** A kind of thing that the API keeps. */
export interface Resource {
  /** Last fixed segment of the collection: `job-scripts`. */
  readonly name: string;
  /** Path template of the collection, and of an item with its parameter. Of what is only created and listed, no operation has the item's path, and the parameter is ''. */
  readonly collection: string;
  readonly item: string;
  readonly parameter: string;
  readonly create: Operation | undefined;
  readonly list: Operation | undefined;
  readonly read: Operation | undefined;
  /** PUT and PATCH of the item; where there is no PATCH, a POST of the item that takes as little of it as it likes. */
  readonly replace: Operation | undefined;
  readonly patch: Operation | undefined;
  readonly remove: Operation | undefined;
  /** Property of an item's representation that fills the parameter; undefined when the client chooses it by PUT. */
  readonly identifier: string | undefined;
  /** Whether the parameter is a number: text that stands for it, as in `Location`, then stands for a number. */
  readonly numeric: boolean;
}

/** The document's resources and which of them a name refers to. */
export interface Resources {
  readonly all: readonly Resource[];
  /** The resource that fills a path parameter of an operation. */
  readonly ofPathParameter: (operation: Operation, parameter: string) => Resource | undefined;
  /** The resource whose identifier a property or query parameter holds, by its name: `job_script_id`. */
  readonly ofReference: (name: string) => Resource | undefined;
  /** The resource that a member of an operation's body refers to: by its name, or a bare `id` in an action below a collection. */
  readonly ofMember: (operation: Operation, name: string) => Resource | undefined;
  /** The resource whose things may be what a name is called after, where nothing else says what it refers to: `environment`, `feature_name`. */
  readonly ofCall: (name: string) => Resource | undefined;
  /** Whether a member or parameter of a creation, of one or of several, is the identifier that the client chooses for what is made: `roomId` where rooms are created. */
  readonly isOwn: (operation: Operation, name: string) => boolean;
  /** Whether an operation makes several of what a list shows that nothing makes one by one. */
  readonly makesSeveral: (operation: Operation) => boolean;
  /** The resource that an operation creates. */
  readonly createdBy: (operation: Operation) => Resource | undefined;
}

/** Infers the resources of a contract. */
export function inferResources(contract: Contract): Resources {
  const paths = indexPaths(contract);
  const byItem = new Map<string, Resource>();
  for (const operation of contract.operations) {
    const parts = pathSegments(operation.path);
    const parameter = segmentParameter(parts.at(-1) ?? '');
    if (parameter === undefined || parts.length < 2 || byItem.has(operation.path)) continue;
    const resource = resourceAt(contract, paths, operation.path, parts, parameter);
    if (resource) byItem.set(operation.path, resource);
  }
  const posted = [...byItem.values()].filter(({ create }) => create?.method === 'POST');
  for (const [path, { parameter, create }] of byItem) {
    // a PUT below another resource's identifier describes that resource, it creates none
    if (create?.method === 'PUT' && posted.some((resource) => resource.parameter === parameter && nameWords(parameter).length > 1))
      byItem.delete(path);
  }
  const known = new Set([...byItem.values()].flatMap(({ collection, item }) => [collection, item]));
  const all = [...byItem.values(), ...contract.operations.flatMap((operation) => onlyListed(contract, operation, paths, known))];
  const formed = once(() => referencesByForm(contract, all));
  const called = once(() => referencesByCall(contract, all));
  const shown = once(() => onlyShown(contract, all));
  // asked for every member of every body that is made
  const ofReference = keepByText(
    (name: string) => resourceOfReference(all, name) ?? formed().get(name) ?? called().get(name) ?? resourceOfReference(shown(), name),
  );
  return {
    all,
    ofPathParameter: (operation, parameter) => resourceOfParameter({ all, shown, byItem, ofReference }, operation, parameter),
    ofReference,
    ofMember: (operation, name) => {
      const found = ofReference(name) ?? (name === 'id' ? actedOn(all, operation) : undefined);
      return found && (isOwnKey(found, operation, name) || isChosen(found, operation, name)) ? undefined : found;
    },
    ofCall: keepByText((name: string) => resourceOfCall([...all, ...shown()], name)),
    isOwn: (operation, name) => {
      const found = ofReference(name);
      return found !== undefined && isChosen(found, operation, name);
    },
    makesSeveral: (operation) => shown().some(({ create }) => create?.id === operation.id),
    createdBy: (operation) => all.find(({ create }) => create?.id === operation.id),
  };
}

function resourceAt(contract: Contract, paths: Paths, item: string, parts: readonly string[], parameter: string): Resource | undefined {
  const find = (method: string, path: string): Operation | undefined => paths.byPlace.get(`${method} ${path}`);
  const above = `/${parts.slice(0, -1).join('/')}`;
  if (isPartOfAddress(contract, paths, item, find('POST', above))) return undefined;
  const collection =
    madeByAddress(contract, paths, parts) ??
    (find('POST', above) || find('GET', above) ? above : (madeBelow(paths, parts) ?? listedAs(contract, paths, parts) ?? above));
  const posted = find('POST', collection);
  const listed = find('GET', collection);
  const read = find('GET', item);
  const put = find('PUT', item);
  const list = listed && isList(contract, listed) ? listed : undefined;
  const owned = posted !== undefined || list !== undefined || (read !== undefined && put !== undefined);
  if (!owned || (!read && !put && !find('DELETE', item) && !find('PATCH', item))) return undefined;
  const said = [read, put, find('DELETE', item)].map((operation) => descriptionOfParameter(contract, operation, parameter)).join(' ');
  const identifier = identifierOf(contract, parameter, parts.at(-2) ?? '', [posted, read, listed], said);
  // a POST that answers nothing we can address creates nothing we can follow, unless it says where by Location; a PUT without a body joins what DELETE parts
  const joins = !read && put?.requestBody === undefined && find('DELETE', item) !== undefined;
  const puts = put && (identifier === undefined || (!posted && (declaresStatus(put, '201') || joins)));
  const create = posted ?? (puts ? put : undefined);
  return {
    name: parts.slice(0, -1).findLast((part) => segmentParameter(part) === undefined) ?? collection,
    collection,
    item,
    parameter,
    create,
    list,
    read,
    replace: put,
    patch: find('PATCH', item) ?? partialPost(contract, find('POST', item), read),
    remove: find('DELETE', item),
    identifier: posted || listed ? identifier : undefined,
    numeric: isNumeric(contract, [read, put, find('PATCH', item), find('DELETE', item)], parameter),
  };
}

/** Whether a path names a thing only with one parameter more, both of which its creation takes: `/tags/{type}` beside `/tags/{type}/{value}`. */
function isPartOfAddress(contract: Contract, { longer }: Paths, path: string, create: Operation | undefined): boolean {
  const [last = ''] = pathSegments(path).slice(-1);
  return create !== undefined && (longer.get(path) ?? []).some((next) => takes(contract, create, [last, next]));
}

/** The collection of things that are named by two of their members: `/tags` of `/tags/{type}/{value}`. */
function madeByAddress(contract: Contract, { byPlace }: Paths, parts: readonly string[]): string | undefined {
  const collection = `/${parts.slice(0, -2).join('/')}`;
  const create = segmentParameter(parts.at(-2) ?? '') === undefined ? undefined : byPlace.get(`POST ${collection}`);
  return create && takes(contract, create, parts.slice(-2)) ? collection : undefined;
}

/** Whether a body has members that are called as these path parameters are. */
function takes(contract: Contract, { requestBody }: Operation, segments: readonly string[]): boolean {
  const schema = requestBody?.content[0]?.schema;
  const members = new Set(schema ? [...propertiesOf(contract, schema).keys()].map(plainName) : []);
  return segments.every((segment) => members.has(plainName(segmentParameter(segment) ?? '')));
}

/** A POST of the item that updates it: all that its body may name are properties of the item, and none has to be there. */
function partialPost(contract: Contract, post: Operation | undefined, read: Operation | undefined): Operation | undefined {
  const shown = read && successBody(read);
  const schema = post?.requestBody?.content[0]?.schema;
  if (!post || !shown || !schema || declaresStatus(post, '201', '202')) return undefined;
  const names = [...propertiesOf(contract, schema).keys()];
  const own = representation(contract, shown.schema);
  const isPart = names.length > 0 && names.every((name) => own.has(name));
  return isPart && contract.validators.validate(schema, {}, 'request').kind === 'valid' ? post : undefined;
}

/** What a POST creates and a GET of the same path lists, without a path of its own: comments, bookings, events. */
function onlyListed(contract: Contract, create: Operation, { byPlace }: Paths, known: ReadonlySet<string>): Resource[] {
  const { method, path: collection } = create;
  if (method !== 'POST') return [];
  const name = pathSegments(collection).at(-1) ?? '';
  const list = byPlace.get(`GET ${collection}`);
  if (known.has(collection) || !list || !isList(contract, list) || segmentParameter(name) !== undefined) return [];
  const identify = (operation: Operation): string | undefined => identifierOf(contract, 'id', name, [operation]);
  const identifier = identify(create);
  if (identifier === undefined || identifier !== identify(list)) return [];
  return [{ ...bareResource(name, collection), create, list, identifier }];
}

/** What a GET lists, and nothing reads alone or makes one by one: users, the seats of a hall. Only references lead to it. */
function onlyShown(contract: Contract, all: readonly Resource[]): Resource[] {
  const known = new Set(all.flatMap(({ collection, item }) => [collection, item]));
  return contract.operations.flatMap((list) => {
    const name = pathSegments(list.path).at(-1) ?? '';
    if (list.method !== 'GET' || segmentParameter(name) !== undefined || known.has(list.path) || !isList(contract, list)) return [];
    const identifier = identifierOf(contract, 'id', name, [list]);
    return identifier === undefined ? [] : [{ ...bareResource(name, list.path), list, identifier, create: makerOfSeveral(contract, list) }];
  });
}

/** The POST below a list that makes several of what it lists: `/halls/{id}/seats/bulk`, answered with a list of the same schema. */
function makerOfSeveral(contract: Contract, list: Operation): Operation | undefined {
  const itemsOf = (operation: Operation): string | undefined => {
    const body = successBody(operation);
    const items = body && listIn(contract, body.schema)?.items;
    return items && contract.resolve(items).pointer;
  };
  return contract.operations.find(
    (one) => one.method === 'POST' && /^[a-z-]+$/i.test(pathAfter(list.path, one.path) ?? '') && itemsOf(one) === itemsOf(list),
  );
}

/** A resource whose things have no path of their own. */
export function bareResource(name: string, collection: string): Resource {
  const none = { create: undefined, list: undefined, read: undefined, replace: undefined, patch: undefined, remove: undefined };
  return { name, collection, item: `${collection}/{}`, parameter: '', identifier: undefined, numeric: false, ...none };
}

/** The collection below another thing in which things are made that have a path of their own: `/shows/{id}/episodes` of `/episodes/{id}`, but not of `/halls/{hall}/episodes/{id}`. */
function madeBelow({ below }: Paths, parts: readonly string[]): string | undefined {
  const [only, ...more] = below.get(parts.at(-2) ?? '') ?? [];
  const around = parts.slice(0, -2).map((part) => `/${part}`);
  return more.length === 0 && only?.path.startsWith(`${around.join('')}/`) ? only.path : undefined;
}

/** The list beside a path in the singular: `/messages` of `/message/{id}`. */
function listedAs(contract: Contract, { beside }: Paths, parts: readonly string[]): string | undefined {
  const collection = parts.slice(0, -1);
  const path = `/${collection.join('/')}`;
  return beside.get(singularPath(collection))?.find((list) => list.path !== path && isList(contract, list))?.path;
}

function isNumeric(contract: Contract, operations: readonly (Operation | undefined)[], parameter: string): boolean {
  const declared = operations
    .flatMap((operation) => operation?.parameters ?? [])
    .find(({ name, in: place }) => place === 'path' && name === parameter);
  const types = declared?.schema ? typesOf(contract, declared.schema) : new Set<string>();
  return (types.has('integer') || types.has('number')) && !types.has('string');
}

function isList(contract: Contract, operation: Operation): boolean {
  const body = successBody(operation);
  return body !== undefined && listIn(contract, body.schema) !== undefined;
}

/** By words from the end: `parent_template_id` means templates, `from_job_script_id` job scripts, `shelf_code` what `/shelves/{code}` leads to. Of those that are called alike the one that is below the fewest others; a tie means nobody knows. */
function resourceOfReference(all: readonly Resource[], name: string): Resource | undefined {
  const words = nameWords(name);
  const last = words.at(-1) ?? '';
  if (words.length < 2) return undefined;
  const wanted = words.slice(0, -1).map(singularName);
  const candidates = identifying.has(last) ? all : all.filter(({ parameter }) => nameWords(parameter).at(-1) === last);
  const scored = candidates.map((resource) => ({ resource, score: commonSuffix(wanted, nameWords(resource.name).map(singularName)) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  const found = best === 0 ? [] : scored.filter(({ score }) => score === best);
  if (found.length === 1) return found[0]?.resource;
  const exact = found.map(({ resource }) => resource).filter((resource) => nameWords(resource.name).length === best);
  const depth = Math.min(...exact.map(depthOf));
  const outermost = exact.filter((resource) => depthOf(resource) === depth);
  return outermost.length === 1 ? outermost[0] : undefined;
}

const depthOf = ({ collection }: Resource): number => collection.split('{').length;

/** By what its things are called; of several such resources rather one whose things can be made, then one that is not below others. */
function resourceOfCall(all: readonly Resource[], name: string): Resource | undefined {
  const words = nameWords(name);
  const called = new Set([words, words.length > 1 && naming.has(words.at(-1) ?? '') ? words.slice(0, -1) : words].map(singularWords));
  return all
    .filter((one) => one.identifier !== undefined && (one.create ?? one.list) !== undefined && called.has(singularWords([one.name])))
    .toSorted(
      (one, other) => Number(other.create !== undefined) - Number(one.create !== undefined) || one.item.length - other.item.length,
    )[0];
}

const singularWords = (words: readonly string[]): string => words.flatMap(nameWords).map(singularName).join(' ');

/** Whether a member is the key that a write chooses for the very thing that it writes: `shelf_code` of a shelf. */
function isOwnKey({ create, replace, patch }: Resource, { id }: Operation, name: string): boolean {
  return !identifying.has(nameWords(name).at(-1) ?? '') && [create, replace, patch].some((write) => write?.id === id);
}

/** Whether what is made is given the identifier by a creation. */
function isChosen({ name: resource, create, collection }: Resource, { id, method, path }: Operation, name: string): boolean {
  const makes = create?.id === id || /^(?:batch|bulk|create|import)/i.test(pathAfter(collection, path) ?? '');
  return method === 'POST' && makes && plainName(name) === `${singularName(resource)}id`;
}

/** An operation below a collection that neither creates nor addresses an item: what it calls `id` is one of the collection. */
function actedOn(all: readonly Resource[], operation: Operation): Resource | undefined {
  return all.find(
    ({ collection, create, item }) =>
      create?.id !== operation.id &&
      operation.path.startsWith(`${collection}/`) &&
      !operation.path.startsWith(item) &&
      operation.path !== item,
  );
}

const identifying = new Set(['id', 'uuid', 'key', 'ref', 'identifier']);
const naming = new Set([...identifying, 'name', 'slug', 'code']);

function commonSuffix(left: readonly string[], right: readonly string[]): number {
  let length = 0;
  while (length < left.length && length < right.length && left.at(-1 - length) === right.at(-1 - length)) length++;
  return length;
}
