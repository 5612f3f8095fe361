import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const bytes = { schema: { type: 'string', format: 'binary' } };
const pictures = { 'image/png': bytes, 'image/jpeg': bytes };
const contract = createContract({
  openapi: '3.0.3',
  info: { title: 'Portrait', version: '1' },
  paths: {
    '/portrait': {
      get: { responses: { 200: { description: '', content: pictures }, 404: { description: '' }, 406: { description: '' } } },
      put: { requestBody: { required: true, content: pictures }, responses: { 204: { description: '' }, 400: { description: '' } } },
    },
  },
});

/** A portrait in the one type that it was uploaded in. */
function createPortrait(): (planned: Case) => Answer {
  let kept: { readonly type: string; readonly content: Uint8Array } = { type: 'image/png', content: Uint8Array.of(1) };
  return ({ request }) => {
    const { operation, body, headers, method = operation.method } = request;
    if (!['GET', 'HEAD', 'PUT'].includes(method)) return answered(405, undefined, { allow: 'GET, HEAD, PUT' });
    if (operation.method === 'PUT') {
      const content = body?.raw ?? new TextEncoder().encode(typeof body?.value === 'string' ? body.value : '');
      if (!body || content.length === 0) return answered(400);
      kept = { type: body.mediaType, content };
      return answered(204);
    }
    const accept = headers?.find(([name]) => name === 'Accept')?.[1] ?? '*/*';
    if (!['*/*', 'image/*', kept.type].includes(accept)) return answered(406);
    return { ...answered(200, undefined, { 'content-type': kept.type }), bytes: kept.content };
  };
}

function broken(api: (planned: Case) => Answer): string[] {
  const scenarios = planScenarios(contract, { ...planOptions, phases: new Set(['boundaries', 'protocol', 'stateful']) });
  return scenarios.flatMap((scenario) => converse(scenario, api).broken);
}

test('a picture that is there in one type only is accused of nothing, nor is who refuses an empty one', () => {
  expect(broken(createPortrait())).toEqual([]);
});
