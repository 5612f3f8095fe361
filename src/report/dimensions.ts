/** What coverage is counted by. */

/** What coverage is counted in, in the order of the reports. */
export const dimensions = ['operation', 'parameter', 'keyword', 'status', 'media-type', 'identity'] as const;
/** One of the dimensions of coverage. */
export type Dimension = (typeof dimensions)[number];

/** What the dimensions count. */
export const dimensionNouns: Readonly<Record<Dimension, string>> = {
  operation: 'operations',
  parameter: 'parameters',
  keyword: 'keywords',
  status: 'statuses',
  'media-type': 'media types',
  identity: 'identities',
};
