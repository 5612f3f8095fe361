import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { serializeBody } from '../../../src/requests/serialize-body.ts';
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

/** A portrait in the one type that it was uploaded in, or in the one that it is `called`. */
function createPortrait(called?: string): (planned: Case) => Answer {
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
    return { ...answered(200, undefined, { 'content-type': called ?? kept.type }), bytes: kept.content };
  };
}

/** A portrait that is a picture: nothing is kept but what begins as one does. `cut` is how many bytes it loses. */
function createGallery(cut = 0): (planned: Case) => Answer {
  const portrait = createPortrait();
  const signatures: Readonly<Record<string, string>> = { 'image/png': '89504e470d0a1a0a', 'image/jpeg': 'ffd8ff' };
  return (planned) => {
    const { operation, body } = planned.request;
    const content = serializeBody(body ?? { mediaType: 'image/png' }, undefined, undefined).bytes;
    const sought = body && signatures[body.mediaType];
    if (operation.method !== 'PUT' || sought === undefined) return portrait(planned);
    if (!Buffer.from(content).toString('hex').startsWith(sought)) return answered(422);
    const raw = content.subarray(0, content.length - cut);
    return portrait({ ...planned, request: { ...planned.request, body: { mediaType: body?.mediaType ?? '', raw } } });
  };
}

test('who looks into pictures is sent pictures, and accused of nothing', () => {
  expect(broken(createGallery())).toEqual([]);
});

test('who looks into pictures and loses their end is told so', () => {
  expect(broken(createGallery(1)).map((one) => one.split(':')[0])).toContain('certain written-read-back');
});

function broken(api: (planned: Case) => Answer): string[] {
  const scenarios = planScenarios(contract, { ...planOptions, phases: new Set(['examples', 'boundaries', 'protocol', 'stateful']) });
  return scenarios.flatMap((scenario) => converse(scenario, api).broken);
}

test('a picture that is there in one type only is accused of nothing, nor is who refuses an empty one', () => {
  expect(broken(createPortrait())).toEqual([]);
});

test.each(['image/png', 'image/jpeg'])('whoever calls every picture %s is told so', (called) => {
  const other = called === 'image/png' ? 'image/jpeg' : 'image/png';
  const said = broken(createPortrait(called)).filter((one) => one.includes('written-read-back'));
  expect(said).toEqual([`certain written-read-back: what was uploaded as ${other} is given back as ${called}`]);
});

const things = createContract({
  openapi: '3.0.3',
  info: { title: 'Files', version: '1' },
  paths: {
    '/files': {
      post: {
        requestBody: { required: true, content: { 'application/octet-stream': bytes } },
        responses: {
          201: {
            description: '',
            content: { 'application/json': { schema: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } } } },
          },
        },
      },
    },
    '/files/{fileId}': {
      parameters: [{ name: 'fileId', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { responses: { 200: { description: '', content: { 'application/octet-stream': bytes } }, 404: { description: '' } } },
    },
  },
});

test.each([
  ['keeps every byte', (content: Uint8Array): Uint8Array => content, []],
  ['takes line ends for others', (content: Uint8Array): Uint8Array => content.filter((byte) => byte !== 13), ['certain written-read-back']],
])('what a creation uploads is downloaded from what it made, by one who %s', (_, stored, want) => {
  const kept: Uint8Array[] = [];
  const api = ({ request: { operation, body, parameters } }: Case): Answer => {
    if (operation.method === 'POST') return answered(201, { id: kept.push(stored(body?.raw ?? new Uint8Array())) });
    const found = kept[Number(parameters[0]?.value) - 1];
    return found ? { ...answered(200), bytes: found } : answered(404);
  };
  const scenarios = planScenarios(things, { ...planOptions, phases: new Set(['stateful']) });
  const said = scenarios.filter(({ title }) => title.startsWith('the bytes of')).flatMap((scenario) => converse(scenario, api).broken);
  expect(said.map((line) => line.split(':')[0])).toEqual(want);
});
