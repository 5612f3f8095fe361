/**
 * The library: what the command line is made of, and the types of what a configuration holds.
 * @module
 */

// Configuration
export { defineConfig, type Config, type Environment } from './run/config.ts';
export type { CollectionConfig } from './run/collection-config.ts';

// Documents and contracts
export { fetchDocument, type FetchDocumentOptions, type FetchedDocument } from './spec/fetch-document.ts';
export { upgradeDocument } from './spec/upgrade-document.ts';
export { applyOverlay } from './spec/overlay.ts';
export { createContract, type ContractOptions } from './spec/create-contract.ts';
export { createLineFinder } from './spec/lines.ts';
export { readLock, writeLock, type Lock } from './spec/lock.ts';
export { checkDocument, pullDocument } from './spec/pull-document.ts';
export { compareDocuments, type Drift } from './spec/compare-documents.ts';
export { generateTypes } from './spec/generate-types.ts';
export type { Contract, Operation, Schema, SchemaPlace } from './spec/contract.ts';

// Plans
export { planScenarios, plannedPhases } from './cases/plan-scenarios.ts';
export type { Case, Confidence, Phase, Scenario } from './cases/case.ts';
export type { PlanOptions } from './cases/planning.ts';

// Exchanges
export { buildRequest, type WireRequest } from './requests/build.ts';
export { createTransport, type Transport, type TransportOptions } from './requests/send.ts';
export { curlCommand } from './requests/reproduce.ts';
export type { Exchange } from './requests/exchange.ts';

// Identities and targets
export { createIdentity } from './auth/create-identity.ts';
export type { Credential, Identity } from './auth/identity.ts';
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
export { liveTarget } from './targets/live.ts';
export { containerTarget } from './targets/container/container-target.ts';
export { processTarget } from './targets/process.ts';
export { embeddedTarget } from './targets/embedded/embedded-target.ts';
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
export type { RunEvent, RunSuiteName, SuiteEvent, SuiteName } from './run/events.ts';
export { judge, type JudgeOptions } from './verdicts/judge.ts';
export { checks } from './verdicts/registry.ts';
export type { Judgement, Verdict } from './verdicts/verdict.ts';

// Reports
export { createReportBuilder, type ReportBuilder, type ReportOptions } from './report/build-report.ts';
export { exitCode } from './report/exit-code.ts';
export { parseKnownDeviations, type KnownDeviation } from './report/known-deviations.ts';
export { renderJson } from './report/render-json.ts';
export { renderJunit } from './report/render-junit.ts';
export { renderNdjson } from './report/render-ndjson.ts';
export { renderText, type TextOptions } from './report/render-text.ts';
export { suggestOverlay } from './report/suggest-overlay.ts';
export type { Cause, Finding, Report } from './report/report.ts';

// Errors
export { errorCodes, HarnessError, isHarnessError, type ErrorCode } from './errors.ts';
