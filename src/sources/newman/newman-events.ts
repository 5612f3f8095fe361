/** The parts of newman's events that we read: its own types leave them open. */

/** An item of the collection, or a folder around one. */
export interface CollectionItem {
  readonly id: string;
  readonly name: string;
  readonly parent?: () => CollectionItem | undefined;
}

/** Where the run is; `scriptId` is there for what a script does. */
export interface Cursor {
  readonly length: number;
  readonly cycles: number;
  readonly iteration: number;
  readonly scriptId?: string;
}

/** A scope of variables that requests and scripts read. */
export interface Variables {
  readonly set: (name: string, value: string) => void;
}

/** A run of postman-runtime: pausing takes effect before the next step, the callback says when. */
export interface Run {
  readonly pause: (paused: () => void) => void;
  readonly resume: () => void;
  readonly abort: () => void;
  readonly state: { readonly environment: Variables; readonly items: readonly CollectionItem[] };
}

export interface StartEvent {
  readonly cursor: Cursor;
  readonly run: Run;
}

export interface ItemEvent {
  readonly cursor: Cursor;
  readonly item: CollectionItem;
}

export interface RequestEvent extends ItemEvent {
  /** Its proxy can be set until the event is over. */
  readonly request: { proxy?: unknown; readonly url: { readonly toString: () => string } };
}

export interface AssertionEvent extends ItemEvent {
  readonly assertion: string;
  readonly skipped?: boolean;
  /** Null for a pass. */
  readonly error?: { readonly name?: string; readonly message?: string } | null;
}

/** What the console of a script, or newman itself, says. */
export interface ConsoleEvent {
  readonly cursor: Cursor;
  readonly level: string;
  readonly messages: readonly unknown[];
}

export interface ExceptionEvent {
  readonly cursor: Cursor;
  readonly error?: { readonly name?: string; readonly message?: string };
}

/** The item's name behind those of its folders, without the collection's. */
export function itemTitle(item: CollectionItem): string {
  const names = [item.name];
  for (let folder = item.parent?.(); folder?.parent?.() !== undefined; folder = folder.parent()) names.unshift(folder.name);
  return names.filter((name) => typeof name === 'string' && name !== '').join(' / ');
}
