/** Every switch: the yardstick's marks. */
import { accessSwitches } from './switches/access.ts';
import { headerSwitches, mediaSwitches } from './switches/answers.ts';
import { deletionSwitches } from './switches/deletions.ts';
import { filterSwitches } from './switches/filters.ts';
import { negativeRequestSwitches } from './switches/negative-requests.ts';
import { negativeSwitches } from './switches/negative.ts';
import { pageSwitches } from './switches/pages.ts';
import { positiveSwitches } from './switches/positive.ts';
import { protocolSwitches } from './switches/protocol.ts';
import { readSwitches } from './switches/reads.ts';
import { roundTripSwitches } from './switches/round-trips.ts';
import { schemaSwitches } from './switches/schema.ts';
import { statefulSwitches } from './switches/stateful.ts';
import { statusSwitches } from './switches/status.ts';
import { transportSwitches } from './switches/transport.ts';
import { updateSwitches } from './switches/updates.ts';
import type { Switch } from './switches/switch.ts';

/** All switches, by class. Ids are unique; each is shown by its own `shows`. */
export const switches: readonly Switch[] = [
  ...schemaSwitches,
  ...statusSwitches,
  ...mediaSwitches,
  ...headerSwitches,
  ...negativeSwitches,
  ...negativeRequestSwitches,
  ...positiveSwitches,
  ...accessSwitches,
  ...statefulSwitches,
  ...deletionSwitches,
  ...pageSwitches,
  ...filterSwitches,
  ...updateSwitches,
  ...readSwitches,
  ...roundTripSwitches,
  ...protocolSwitches,
  ...transportSwitches,
];

/** Check ids that switches name and that may not be registered yet. */
export const proposedChecks: readonly string[] = [
  'accept-respected',
  'count-agrees',
  'created-once',
  'default-applied',
  'filter-complete',
  'nested-scoped',
  'others-untouched',
  'pages-complete',
  'preconditions-kept',
  'read-only-kept',
  'search-respected',
];
