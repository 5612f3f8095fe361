/** Values that a server makes up itself: identities, times, first states, empty lists. */
import { randomUUID } from 'node:crypto';
import type { Json } from '../../lib/json.ts';
import { plainName } from '../../lib/names.ts';
import type { Resource } from './resource.ts';
import type { Property } from './shapes.ts';
import type { World } from './world.ts';

const bornAt =
  /^(created|inserted|registered|joined|submitted|added)(at|on|date|time|timestamp)?$|^(date|time)(created|added)$|^creation(date|time)$/;
const changedAt =
  /^(updated|modified|changed|edited|lastmodified|lastupdated|lastchanged|lastupdate|lastreported|lastseen)(at|on|date|time|timestamp)?$|^date(updated|modified)$/;

/** Whether a property says when its entity was last changed. */
export function isChangeTime(name: string): boolean {
  return changedAt.test(plainName(name));
}

/** The present time as a property's schema wants it, or undefined when it holds no time. */
export function timeValue(world: World, { place, name }: Property): Json | undefined {
  const types = world.shapes.types(place);
  const format = formatOf(world, property(place, name));
  const now = new Date(world.now());
  if (types.has('string') && format === 'date') return now.toISOString().slice(0, 10);
  if (types.has('string') && (format === 'date-time' || format === undefined)) return now.toISOString();
  return types.has('integer') || types.has('number') ? Math.floor(now.getTime() / 1000) : undefined;
}

function property(place: Property['place'], name: string): Property {
  return { place, name, required: false };
}

/** A new identity of the kind that the schema says; undefined when only a sample can be of that kind. */
export function identityValue(world: World, resource: Resource, key: Property): Json | undefined {
  const { place } = key;
  const types = world.shapes.types(place);
  const number = world.store.nextNumber(resource);
  const word = resource.words.at(-1) ?? 'item';
  const candidates: Json[] = [];
  if (types.has('integer') || types.has('number') || types.size === 0)
    candidates.push(number, number + Number(world.shapes.keyword(place, 'minimum') ?? 0));
  if (types.has('string')) {
    const format = formatOf(world, key);
    if (format === 'uuid' || /uuid|guid/i.test(key.name)) candidates.push(randomUUID());
    candidates.push(
      String(number),
      `${word}-${number}`,
      randomUUID(),
      number.toString(16).padStart(24, '0'),
      String(number).padStart(10, '0'),
    );
  }
  return candidates.find((candidate) => accepts(world, key, candidate));
}

/** What a server would put into a property that nobody gave: a time, the first state, an empty list, a default, null; else a sample. */
export function ownValue(world: World, key: Property, turn: number): Json | undefined {
  const { place, name, required } = key;
  const { shapes } = world;
  const plain = plainName(name);
  const types = shapes.types(place);
  const candidates: (Json | undefined)[] = [shapes.keyword(place, 'default'), shapes.keyword(place, 'const')];
  const isTime = bornAt.test(plain) || isChangeTime(name);
  if (isTime) candidates.push(timeValue(world, key));
  if (!required)
    return candidates
      .concat(types.has('null') ? null : undefined)
      .find((candidate) => candidate !== undefined && accepts(world, key, candidate));
  if (types.has('null')) candidates.push(null);
  if (formatOf(world, key) === 'date-time' || /timestamp|_at$/.test(name)) candidates.push(timeValue(world, key));
  const states = shapes.keyword(place, 'enum');
  if (Array.isArray(states)) candidates.push((states as readonly Json[])[0]);
  if (types.has('array')) candidates.push([]);
  if (types.has('boolean')) candidates.push(/^(is)?(active|enabled|healthy|valid|available|open)$/.test(plain));
  if (/count$|^num(ber)?of|^total/.test(plain)) candidates.push(0);
  return candidates.find((candidate) => candidate !== undefined && accepts(world, key, candidate)) ?? world.sample(place, turn, name);
}

function accepts(world: World, { place }: Property, value: Json): boolean {
  return world.contract.validators.validate(place, value, 'response').kind !== 'invalid';
}

function formatOf(world: World, { place }: Property): string | undefined {
  for (const branch of world.shapes.alternatives(place)) {
    const format = world.shapes.keyword(branch, 'format');
    if (typeof format === 'string') return format;
  }
  return undefined;
}
