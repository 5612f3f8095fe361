/** What goes wrong only where requests come at once: each is handled on a copy of the rental, which is written back a moment later. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Kept, On, Reply, World } from './world.ts';

type Handle = (world: World) => Reply;

/** How an operation is handled while its switch is on. */
interface Race {
  readonly id: string;
  readonly operation: string;
  /** Whether each counts from the number that was the last before the moment, so that several get one. */
  readonly counts?: true;
  /** Whether the copy is written back as a whole, so that what was added meanwhile is lost. */
  readonly whole?: true;
  /** Whether the answer is that to whoever came last. */
  readonly mixed?: true;
}

const races: readonly Race[] = [
  { id: 'ids-at-once', operation: 'POST /bikes', counts: true },
  { id: 'lost-at-once', operation: 'POST /bikes', whole: true },
  { id: 'frame-numbers-at-once', operation: 'POST /bikes' },
  { id: 'answers-at-once', operation: 'POST /rentals', mixed: true },
  { id: 'cancels-at-once', operation: 'POST /rentals/{rentalId}/cancel' },
  { id: 'tags-at-once', operation: 'PUT /bikes/{bikeId}' },
];

/** Milliseconds that a request waits for another one of its operation, and then for more. */
const alone = 100;
const together = 25;
const step = 5;

/** Handles the requests of one rental. */
export function createRaces(world: World, on: On): (operation: string, handle: Handle) => Promise<Reply> {
  let last: Reply | undefined;
  let highest = 100_000;
  const underway = new Map<string, number>();
  const count = (operation: string, more: number): number => {
    const now = (underway.get(operation) ?? 0) + more;
    underway.set(operation, now);
    return now;
  };
  return async (operation, handle) => {
    const race = races.find(({ id, operation: raced }) => raced === operation && on(id));
    if (!race) return handle(world);
    let own = highest;
    const copy: World = {
      ...world,
      bikes: new Map(world.bikes),
      rentals: new Map(world.rentals),
      ...(race.counts && { next: () => ++own }),
    };
    const reply = handle(race.mixed ? world : copy);
    last = reply;
    count(operation, 1);
    for (let waited = 0; waited < (count(operation, 0) > 1 ? together : alone); waited += step) await wait(step);
    count(operation, -1);
    highest = Math.max(highest, own);
    if (race.mixed) return last;
    writeBack(world.bikes, copy.bikes, race);
    writeBack(world.rentals, copy.rentals, race);
    return reply;
  };
}

function writeBack(all: Map<string, Kept>, copy: ReadonlyMap<string, Kept>, { whole }: Race): void {
  const lost = [...all.keys()].filter((id) => whole && !copy.has(id));
  for (const id of lost) all.delete(id);
  for (const [id, kept] of copy) if (all.get(id) !== kept) all.set(id, kept);
}
