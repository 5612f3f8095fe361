/** The seeds with which the unbroken yardsticks are run. */

/** Further apart than the variants of one run. */
export const fiftySeeds: readonly number[] = Array.from({ length: 50 }, (_, index) => 1 + index * 7717);

/** Those of them that are run: all, or as many as `YARDSTICK_SEEDS` says; never none. */
export const chosenSeeds: readonly number[] = fiftySeeds.slice(0, Number(process.env['YARDSTICK_SEEDS'] ?? '50') || 50);
