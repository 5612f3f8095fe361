import { expect, test } from 'vitest';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

test('where another template fits the path as well, Allow has to name the GET that was answered, and no more', () => {
  const responses = { 200: { description: '' }, 404: { description: '' } };
  const parameters = [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }];
  const twins = createContract({
    openapi: '3.1.0',
    info: { title: 'Twins', version: '1' },
    paths: { '/status': { get: { responses } }, '/{name}': { parameters, get: { responses }, put: { responses } } },
  });
  const saidWith = (allow: string): readonly string[] =>
    planScenarios(twins, { ...planOptions, phases: new Set(['protocol'] as const), authenticated: true }).flatMap(
      (scenario) =>
        converse(scenario, ({ request: { operation, method = operation.method } }) =>
          method === 'GET' || method === 'HEAD'
            ? answered(200, {})
            : answered(405, {}, { allow: operation.path === '/status' ? allow : 'GET, PUT' }),
        ).broken,
    );
  expect(new Set(saidWith('HEAD').filter((one) => one.includes('Allow of /status')))).toEqual(
    new Set(['certain method-refused: Allow of /status leaves out GET', 'likely method-refused: Allow of /status leaves out GET']),
  );
  expect(saidWith('GET, HEAD').filter((one) => one.includes('Allow of /status'))).toEqual([]);
});

test('what crashes for every method that is not declared is one finding', () => {
  const contract = createContract({
    openapi: '3.1.0',
    info: { title: 'Notes', version: '1' },
    paths: { '/notes': { get: { responses: { 200: { description: '' } } } } },
  });
  const [...topics] = planScenarios(contract, { ...planOptions, phases: new Set(['protocol'] as const), authenticated: true }).flatMap(
    (scenario) => {
      const asked: string[] = [];
      converse(scenario, ({ expectations, title }) => {
        if (title.startsWith('the undeclared method'))
          asked.push(...expectations.filter(({ check }) => check === 'no-server-error').map(({ topic }) => topic ?? ''));
        return answered(200, {});
      });
      return asked;
    },
  );
  expect([topics.length > 3, new Set(topics)]).toEqual([true, new Set(['an undeclared method /notes'])]);
});

test('a web page for a GET that is not declared says nothing: a site may be served beside the API; data does', () => {
  const contract = createContract({
    openapi: '3.1.0',
    info: { title: 'Logins', version: '1' },
    paths: { '/login': { post: { responses: { 200: { description: '' } } } } },
  });
  const saidOf = (type: string): readonly string[] =>
    planScenarios(contract, { ...planOptions, phases: new Set(['protocol'] as const), authenticated: true }).flatMap(
      (scenario) =>
        converse(scenario, ({ request: { operation, method = operation.method } }) =>
          method === 'GET'
            ? answered(200, {}, { 'content-type': type })
            : method === 'POST'
              ? answered(200, {})
              : answered(405, {}, { allow: 'POST' }),
        ).broken,
    );
  expect(saidOf('text/html; charset=utf-8')).toEqual([]);
  expect(saidOf('application/json')).toContain('certain method-refused: the undeclared method GET on /login is answered with 200');
});
