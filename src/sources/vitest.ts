/**
 * Package entry `specproof/vitest`: typed tests as a source of exchanges. Importing it registers the matcher `toMeetContract`.
 * @module
 */
import './vitest/to-meet-contract.ts';

export { apiTest, needs, type ApiFixtures, type ApiTest, type Need } from './vitest/api-test.ts';
export type {
  Answered,
  ApiClient,
  Call,
  CallOptions,
  CommonOptions,
  DeclaredResult,
  ExpectedResult,
  FilePart,
  Operation,
  PathsWith,
  Result,
  ResultOf,
  Verb,
} from './vitest/client-types.ts';
export { contractTests, type ContractTestsOptions } from './vitest/contract-tests.ts';
export { createClient, type ClientOptions } from './vitest/create-client.ts';
export type { NetworkOptions } from '../requests/network.ts';
export type { ProvidedApi } from './vitest/provided.ts';
export type { Replay, ReplayedCase } from './vitest/replay.ts';
