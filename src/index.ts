/**
 * The library: what the command line is made of, and the types of what a configuration holds.
 * @module
 */

// Configuration
export { defineConfig, type Config, type Environment, type IdentityConfig } from './run/config.ts';
export type { CollectionConfig } from './run/collection-config.ts';
export { reportKinds, type ReportKind, type Settings } from './run/settings.ts';
export type { CoverageGate } from './report/coverage-gate.ts';
export { strictLevels, type StrictLevel, type Strictness } from './verdicts/strictness.ts';
export type { ResolvedHost } from './requests/network.ts';

// Documents and contracts
export { fetchDocument, type FetchDocumentOptions, type FetchedDocument } from './spec/fetch-document.ts';
export { upgradeDocument } from './spec/upgrade-document.ts';
export { applyOverlay } from './spec/overlay.ts';
export { createContract, type ContractOptions } from './spec/create-contract.ts';
export { createLineFinder } from './spec/lines.ts';
export { readLock, writeLock, type Lock, type LockedDocument } from './spec/lock.ts';
export type { Prose } from './spec/canonical-document.ts';
export { checkDocument, pullDocument, type Pulled, type PullOptions } from './spec/pull-document.ts';
export { compareDocuments, type Drift } from './spec/compare-documents.ts';
export { generateTypes } from './spec/generate-types.ts';
export type {
  Contract,
  Dialect,
  Direction,
  Header,
  MediaType,
  Operation,
  Parameter,
  ParameterLocation,
  ParameterStyle,
  RequestBody,
  ResponseObject,
  Schema,
  SchemaFlaw,
  SchemaPlace,
  SchemaViolation,
  SecurityRequirement,
  SecurityScheme,
  Server,
  Validators,
  Validity,
} from './spec/contract.ts';
export type { Json, JsonObject } from './lib/json.ts';
export type { ExactNumbers } from './lib/json-text.ts';

// Plans
export { planScenarios, plannedPhases } from './cases/plan-scenarios.ts';
export { phases } from './cases/case.ts';
export type {
  Answer,
  BodyValue,
  BrokenCredential,
  BrokenPromise,
  Case,
  Confidence,
  Conversation,
  Created,
  Credentials,
  Expectation,
  Held,
  Intent,
  JudgedAnswer,
  ParameterValue,
  Phase,
  RequestPlan,
  Scenario,
  Step,
} from './cases/case.ts';
export type { Access, AccessQuestion, AccessSource, Subject } from './cases/access/expected.ts';
export type { AccessLock } from './cases/access/lock.ts';
export type { PlanOptions } from './cases/planning.ts';

// Exchanges
export { buildRequest, type SchemaResolver, type WireRequest } from './requests/build.ts';
export { createTransport, type ExchangeTags, type Transport, type TransportOptions } from './requests/send.ts';
export type { Withhold } from './requests/safety.ts';
export { curlCommand } from './requests/reproduce.ts';
export type { FormArgument } from './requests/reproduce-multipart.ts';
export type {
  Exchange,
  Fault,
  FaultKind,
  Headers,
  HttpProtocol,
  ReceivedResponse,
  SentRequest,
  SourceKind,
  Timing,
} from './requests/exchange.ts';

// Identities and targets
export { createIdentity, type IdentityDependencies } from './auth/create-identity.ts';
export type { Credential, CredentialForm, CredentialSource, Identity } from './auth/identity.ts';
export type { Env } from './auth/read-secret.ts';
export type {
  ClientOptions,
  CredentialOptions,
  Fields,
  IdentityOptions,
  LoginCallOptions,
  LoginOptions,
  Secret,
  TokenFileOptions,
} from './auth/identity-options.ts';
export { liveTarget, type Reach } from './targets/live.ts';
export { containerTarget, type ContainerTarget, type ContainerTargetHooks } from './targets/container/container-target.ts';
export { processTarget, type ProcessTarget, type ProcessTargetHooks } from './targets/process.ts';
export { embeddedTarget, type EmbeddedTarget, type EmbeddedTargetExtras } from './targets/embedded/embedded-target.ts';
export type { FaultName, Faults } from './targets/embedded/faults.ts';
export type { SeenAnswer } from './targets/embedded/restore.ts';
export type { LiveTargetOptions, Target, TargetOptions } from './targets/target.ts';
export type { ProcessStep, ProcessTargetOptions } from './targets/process.ts';
export type {
  ComposeOptions,
  ContainerOptions,
  ContainerTargetOptions,
  HealthCheck,
  ImageBuild,
  Readiness,
  SecretVariable,
} from './targets/container/options.ts';
export type { EmbeddedClient, EmbeddedTargetOptions } from './targets/embedded/options.ts';

// Runs and verdicts
export { run, type RunOptions, type Suite } from './run/pipeline.ts';
export { runScenarios, type GeneratedOptions } from './run/generated-suite.ts';
export type { ExchangeEvent, FlakyEvent, Judge, RunEvent, RunSuiteName, SuiteEvent, SuiteName } from './run/events.ts';
export type { LeftOut } from './run/choose-operations.ts';
export { judge, type JudgeOptions } from './verdicts/judge.ts';
export { checks } from './verdicts/registry.ts';
export type { Judgement, Outcome, PromisePlace, Verdict } from './verdicts/verdict.ts';

// Reports
export { createReportBuilder, type ReportBuilder, type ReportOptions } from './report/build-report.ts';
export { exitCode } from './report/exit-code.ts';
export { parseKnownDeviations, type KnownDeviation } from './report/known-deviations.ts';
export { renderJson } from './report/render-json.ts';
export { renderJunit } from './report/render-junit.ts';
export { renderNdjson } from './report/render-ndjson.ts';
export { renderText, type TextOptions } from './report/render-text.ts';
export { suggestOverlay } from './report/suggest-overlay.ts';
export type {
  Cause,
  Finding,
  LeftBehind,
  OutcomeCounts,
  Promised,
  Report,
  ReportCounts,
  ReportedFault,
  Skipped,
  SuiteSummary,
  Unjudged,
} from './report/report.ts';
export type { AccessCell, AccessMatrix } from './report/access-matrix.ts';
export type { Coverage, Reached } from './report/coverage.ts';
export { dimensions, type Dimension } from './report/dimensions.ts';
export type { Unreached } from './report/collect-reasons.ts';
export type { CheckResult, ResultGroup } from './report/collect-results.ts';
export type { OperationTiming } from './report/collect-timings.ts';
export type { PlannedCall } from './report/planned-call.ts';
export type { RecordedBody, RecordedExchange } from './report/recorded-exchange.ts';
export type { DeviationState, ReviewedDeviation } from './report/review-deviations.ts';

// Errors
export { errorCodes, HarnessError, isHarnessError, type ErrorCode, type ErrorKind } from './errors.ts';
