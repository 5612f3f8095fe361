/** What parameters are called that say how a list is sorted, as `plainName` writes names. */

/** Those that take what to sort by. */
export const sortKeyNames: ReadonlySet<string> = new Set(['sort', 'sortby', 'orderby', 'ordering', 'sortfield', 'sortkey', 'sortcolumn']);

/** Those that take the word for a direction; `order` is also used for what to sort by. */
export const sortDirectionNames: ReadonlySet<string> = new Set([
  'order',
  'sortorder',
  'direction',
  'sortdirection',
  'sortdir',
  'dir',
  'orderdir',
  'orderdirection',
]);

/** Flags for one direction. */
export const ascendingNames: ReadonlySet<string> = new Set(['sortascending', 'ascending', 'asc']);

/** Flags for the other. */
export const descendingNames: ReadonlySet<string> = new Set(['sortdescending', 'descending', 'desc', 'reverse']);
