/**
 * Package entry `specproof/newman`: Postman collections as a source of exchanges.
 * @module
 */
export { createGuard, type Guard, type GuardOptions, type RefusedRequest } from './newman/create-guard.ts';
export type { CollectionOptions } from './newman/collection-options.ts';
export { runCollection } from './newman/run-collection.ts';
export { withholdUnsafe, type Withhold } from '../requests/safety.ts';
