/** Runs several courses of work at once: which of them goes on, and what becomes of the others when one fails. */

/** Work under way that stands still at each of its pauses. To return it there undoes what it has made. */
export type Course = AsyncGenerator<undefined, void, undefined>;

/** Runs the courses in order, at most `limit` at once, and those that pause when all others have paused or ended. Settles when none is under way, also when one fails: `fail` is called at once, and what has paused is returned. */
export async function takeTurns(courses: readonly Course[], limit: number, fail: () => void): Promise<void> {
  let round = courses;
  while (round.length > 0) {
    const waiting = round.values();
    const paused: Course[] = [];
    const turns = Array.from({ length: Math.min(limit, round.length) }, async () => {
      try {
        for (const course of waiting) if ((await course.next()).done !== true) paused.push(course);
      } catch (error) {
        fail();
        throw error;
      }
    });
    const failed = (await Promise.allSettled(turns)).find((turn) => turn.status === 'rejected');
    if (failed) {
      for (const course of paused) await course.return();
      throw failed.reason;
    }
    round = paused;
  }
}
