/** What coverage is counted by. */

export const dimensions = ['operation', 'parameter', 'keyword', 'status', 'media-type', 'identity'] as const;
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
