/** Every switch: the yardstick's marks. */
import { accessSwitches } from './switches/access.ts';
import { headerSwitches, mediaSwitches } from './switches/answers.ts';
import { negativeSwitches } from './switches/negative.ts';
import { positiveSwitches } from './switches/positive.ts';
import { protocolSwitches, transportSwitches } from './switches/protocol.ts';
import { relationSwitches } from './switches/relations.ts';
import { roundTripSwitches } from './switches/round-trips.ts';
import { schemaSwitches } from './switches/schema.ts';
import { statefulSwitches } from './switches/stateful.ts';
import { statusSwitches } from './switches/status.ts';
import type { Switch } from './switches/switch.ts';

/** All switches, by class. Ids are unique; each is shown by its own `shows`. */
export const switches: readonly Switch[] = [
  ...schemaSwitches,
  ...statusSwitches,
  ...mediaSwitches,
  ...headerSwitches,
  ...negativeSwitches,
  ...positiveSwitches,
  ...accessSwitches,
  ...statefulSwitches,
  ...relationSwitches,
  ...roundTripSwitches,
  ...protocolSwitches,
  ...transportSwitches,
];
