import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import config from '../../../specproof.config.ts';
import type { Json } from '../../../src/lib/json.ts';
import { parseKnownDeviations } from '../../../src/report/known-deviations.ts';
import { configShape } from '../../../src/run/config-shape.ts';
import { findFlaw } from '../../../src/run/shape.ts';

const ajv = formats.default(new Ajv2020({ strictTypes: false }));
const schema = (name: string): ValidateFunction => ajv.compile(JSON.parse(readFileSync(`schemas/${name}.json`, 'utf8')) as object);
const target = { kind: 'live', baseUrl: 'http://127.0.0.1:8000' };
const withEnvironment = (environment: object): object => ({ api: 'shop', environments: { local: { target, ...environment } } });

describe('the schema of the configuration', () => {
  const validate = schema('config');

  it('allows what this repository configures', () => {
    validate(JSON.parse(JSON.stringify(config)));
    expect(validate.errors).toBeNull();
  });

  it.each([
    withEnvironment({}),
    { $schema: 'node_modules/specproof/schemas/config.json', ...withEnvironment({}) },
    {
      ...withEnvironment({ rate: 0.5, timeout: '30s', allowWrites: true, retryAfter: 0 }),
      reports: { junit: 'a.xml' },
      phases: ['examples'],
    },
    { ...withEnvironment({ headers: ['X-Trace: 1'], tls: { insecure: true } }), strict: { 'GET /things': 'fail', '*': 'off' } },
    withEnvironment({ identities: { me: { kind: 'basic', username: 'u', password: { variable: 'P' } } } }),
    withEnvironment({ identities: { me: { kind: 'several', credentials: { key: { kind: 'api-key', key: { testValue: 'x' } } } } } }),
    { ...withEnvironment({}), collections: [{ file: 'a.json', folders: ['b'], data: 'c.csv' }], minCoverage: { operation: 100 } },
  ])('allows, as the program does: %j', (value) => {
    expect({ flaw: findFlaw(configShape, value), valid: validate(value) }).toEqual({ flaw: undefined, valid: true });
  });

  it.each([
    {},
    { ...withEnvironment({}), colour: true },
    { api: 'shop', environments: { local: { target: { kind: 'live' } } } },
    { api: 'shop', environments: { local: { target: { kind: 'moon', baseUrl: 'http://a' } } } },
    withEnvironment({ timeout: 'soon' }),
    withEnvironment({ rate: 0 }),
    { ...withEnvironment({}), phases: ['everything'] },
    withEnvironment({ identities: { me: { kind: 'basic', username: 'u', password: {} } } }),
    withEnvironment({ identities: { me: { kind: 'basic', username: 'u', password: { variable: 'P', testValue: 'x' } } } }),
    { ...withEnvironment({}), reports: { papyrus: 'a' } },
  ])('refuses, as the program does: %j', (value) => {
    expect({ flawed: findFlaw(configShape, value) !== undefined, valid: validate(value) }).toEqual({ flawed: true, valid: false });
  });

  it('explains what has a flag as its help does', () => {
    expect(validate.schema).toMatchObject({ properties: { bail: { description: 'ends at the first finding that fails the run' } } });
  });
});

describe('the schema of known deviations', () => {
  const validate = schema('known-deviations');
  const entry = { check: 'status-declared', operation: 'GET /things', reason: 'ticket 1', expires: '2027-01-31' };
  const accepts = (value: Json): boolean => {
    try {
      parseKnownDeviations(value, 'file');
      return true;
    } catch {
      return false;
    }
  };

  it('allows this repository’s own', () => {
    const own: unknown = load(readFileSync('specs/jobbergate/known-deviations.yaml', 'utf8'));
    expect({ valid: validate(own), errors: validate.errors }).toEqual({ valid: true, errors: null });
  });

  it.each([
    { value: null, want: true },
    { value: [], want: true },
    { value: [{ ...entry, operation: ['GET /a', 'GET /b'], topic: 401, targets: ['live'] }], want: true },
    { value: { $schema: 'x', deviations: [entry] }, want: true },
    { value: { deviations: [entry], more: 1 }, want: false },
    { value: [{ ...entry, why: 'x' }], want: false },
    { value: [{ ...entry, reason: ' ' }], want: false },
    { value: [{ ...entry, expires: 'never' }], want: false },
    { value: [{ ...entry, operation: [] }], want: false },
    { value: [{ check: 'status-declared' }], want: false },
  ])('and the program say $want to $value', ({ value, want }) => {
    expect({ schema: validate(value), program: accepts(value as Json) }).toEqual({ schema: want, program: want });
  });
});

it('the schema of the lock allows this repository’s own, and wants its digest', () => {
  const validate = schema('lock');
  const lock = JSON.parse(readFileSync('specs/jobbergate/lock.json', 'utf8')) as Record<string, Json>;
  const { digest: _, ...others } = lock;
  expect([validate(lock), validate(others)]).toEqual([true, false]);
});
