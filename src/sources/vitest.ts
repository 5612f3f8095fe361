/**
 * Package entry `specproof/vitest`: typed tests as a source of exchanges. Importing it registers the matcher `toMeetContract`.
 * @module
 */
import './vitest/to-meet-contract.ts';

export { apiTest, needs, type ApiFixtures, type ApiTest, type Need } from './vitest/api-test.ts';
export type { ApiClient, CallOptions, DeclaredResult, ExpectedResult, FilePart, Result } from './vitest/client-types.ts';
export { contractTests, type ContractTestsOptions } from './vitest/contract-tests.ts';
export { createClient, type ClientOptions } from './vitest/create-client.ts';
export type { ProvidedApi } from './vitest/provided.ts';
export type { Replay, ReplayedCase } from './vitest/replay.ts';
