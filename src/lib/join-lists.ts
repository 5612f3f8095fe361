/** Lists that are asked for all the time and seldom change. */

/** All items of the lists that are wanted, one list after the other. The same list again for as long as each of them is the same one. */
export function joinLists<Item>(
  lists: readonly (() => readonly Item[])[],
  isWanted: (item: Item) => boolean = () => true,
): () => readonly Item[] {
  const parts: (readonly Item[])[] = [];
  let joined: readonly Item[] = [];
  return () => {
    let changed = false;
    for (let index = 0; index < lists.length; index++) {
      const part = lists[index]?.() ?? [];
      if (part === parts[index]) continue;
      parts[index] = part;
      changed = true;
    }
    if (changed) joined = parts.flat().filter(isWanted);
    return joined;
  };
}
