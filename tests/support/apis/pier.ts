import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, member, type Json } from '../../../src/lib/json.ts';
import { answered } from '../converse.ts';

const zones: readonly Json[] = [
  { name: 'north', depth: 4 },
  { name: 'south', depth: 9 },
];
const hulls = new Set(['catamaran', 'barge']);
const kinds = new Set(['plain', 'striped']);

const refused = (message: string): Answer => answered(400, { name: 'BadDataError', message });
const named = (list: readonly Json[], name: Json | undefined, by = 'name'): Json | undefined =>
  list.find((one) => member(one, by) === name);

/** A pier that looks up what boats and marks name, refuses what is not there with 400, and takes of a log what its path says; one log is the best one, and voided ones are not counted. */
export function createPierApi(): (planned: Case) => Answer {
  let boats: readonly Json[] = [];
  let marks: readonly Json[] = [];
  let piers: readonly Json[] = [];
  let logs: readonly Json[] = [];
  let count = 0;
  return ({ request: { operation, method = operation.method, parameters, body } }) => {
    const at = (name: string): Json | undefined => parameters.find((one) => one.in === 'path' && one.name === name)?.value;
    const sent: Json = isObject(body?.value) ? body.value : {};
    const valid = (...names: readonly string[]): boolean =>
      names.every((name) => {
        const value = member(sent, name);
        return typeof value === 'string' && [...value].length >= 2 && [...value].length <= 60;
      });
    const found = (thing: Json | undefined): Answer =>
      thing === undefined ? answered(404, { message: 'nothing is there' }) : answered(200, thing);
    const isMark = (one: Json): boolean => member(one, 'kind') === at('kind') && member(one, 'value') === at('value');
    const boat = named(boats, at('boatName'));
    const pierThere = named(piers, at('pierId'), 'id');
    const shownPier = (pier: Json): Json => ({
      ...(isObject(pier) && pier),
      logCount: logs.filter((one) => member(one, 'pier') === member(pier, 'id') && member(one, 'wasVoided') !== true).length,
    });
    if (method !== operation.method) return answered(405, {}, { allow: operation.method });
    switch (operation.id) {
      case 'GET /zones':
        return answered(200, zones);
      case 'GET /zones/{name}':
        return found(named(zones, at('name')));
      case 'GET /boats':
        return answered(200, boats);
      case 'POST /boats': {
        if (!valid('name', 'zone', 'hullName')) return refused('the boat is not valid');
        if (!named(zones, member(sent, 'zone'))) return refused(`Zone=${String(member(sent, 'zone'))} does not exist`);
        if (!hulls.has(String(member(sent, 'hullName'))))
          return refused(`Could not find hull type with name ${String(member(sent, 'hullName'))}`);
        if (named(boats, member(sent, 'name'))) return answered(409, { message: 'the name is taken' });
        boats = [...boats, sent];
        return answered(201, sent);
      }
      case 'GET /boats/{boatName}':
      case 'GET /client/boats/{boatName}':
        return found(boat);
      case 'DELETE /boats/{boatName}':
        if (!boat) return found(undefined);
        boats = boats.filter((one) => one !== boat);
        return answered(204);
      case 'GET /boats/{boatName}/zones/{zone}':
        return boat && named(zones, at('zone')) ? answered(200, { fits: true }) : found(undefined);
      case 'GET /marks':
        return answered(200, marks);
      case 'POST /marks': {
        if (!valid('kind', 'value')) return refused('the mark is not valid');
        if (!kinds.has(String(member(sent, 'kind')))) return refused(`Mark kind '${String(member(sent, 'kind'))}' does not exist`);
        if (marks.some((one) => member(one, 'kind') === member(sent, 'kind') && member(one, 'value') === member(sent, 'value')))
          return answered(409, { message: 'the mark is there already' });
        marks = [...marks, sent];
        return answered(201, { mark: sent });
      }
      case 'GET /marks/{kind}':
        return answered(
          200,
          marks.filter((one) => member(one, 'kind') === at('kind')),
        );
      case 'GET /marks/{kind}/{value}': {
        const mark = marks.find(isMark);
        return found(mark && { mark });
      }
      case 'DELETE /marks/{kind}/{value}':
        if (!marks.some(isMark)) return found(undefined);
        marks = marks.filter((one) => !isMark(one));
        return answered(204);
      case 'GET /piers':
        return answered(200, piers.map(shownPier));
      case 'POST /piers': {
        if (!valid('name')) return refused('the pier is not valid');
        const made = { id: `pier-${++count}`, name: member(sent, 'name') ?? '' };
        piers = [...piers, made];
        return answered(201, shownPier(made));
      }
      case 'GET /piers/{pierId}':
        return pierThere ? answered(200, shownPier(pierThere)) : found(undefined);
      case 'GET /piers/{pierId}/logs/{logId}':
        return found(logs.find((one) => member(one, 'id') === at('logId') && member(one, 'pier') === at('pierId')));
      default: {
        const pier = at('pierId') ?? '';
        if (!pierThere) return found(undefined);
        if (operation.method === 'GET')
          return answered(
            200,
            logs.filter((one) => member(one, 'pier') === pier),
          );
        if (!valid('note') || !(member(sent, 'pier') === undefined || valid('pier'))) return refused('the log is not valid');
        const [best, wasVoided] = [member(sent, 'best') ?? null, member(sent, 'wasVoided') ?? null];
        if (typeof best !== 'boolean' || typeof wasVoided !== 'boolean') return refused('the log is not valid');
        const made = { id: `log-${++count}`, pier, note: member(sent, 'note') ?? '', best, wasVoided };
        const isBestBefore = (one: Json): boolean => best && member(one, 'pier') === pier;
        logs = [...logs.map((one): Json => (isObject(one) && isBestBefore(one) ? { ...one, best: false } : one)), made];
        return answered(201, made);
      }
    }
  };
}
