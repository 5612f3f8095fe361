/** What goes wrong only where requests come at once: each is handled on a copy of the rental, which is written back a moment later. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Kept, On, Reply, World } from './world.ts';

type Handle = (world: World) => Reply;

/** How an operation is handled while its switch is on. */
interface Race {
  readonly id: string;
  readonly operation: string;
  /** Whether numbers are counted from what is there, so that several get one. */
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

const moment = 25;

/** Handles the requests of one rental. */
export function createRaces(world: World, on: On): (operation: string, handle: Handle) => Promise<Reply> {
  let last: Reply | undefined;
  return async (operation, handle) => {
    const race = races.find(({ id, operation: raced }) => raced === operation && on(id));
    if (!race) return handle(world);
    const copy: World = {
      ...world,
      bikes: new Map(world.bikes),
      rentals: new Map(world.rentals),
      ...(race.counts && { next: () => 100_000 + world.bikes.size }),
    };
    const reply = handle(race.mixed ? world : copy);
    last = reply;
    await wait(moment);
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
