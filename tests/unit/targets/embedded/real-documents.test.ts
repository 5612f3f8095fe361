import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isObject, type JsonObject } from '../../../../src/lib/json.ts';
import type { Contract } from '../../../../src/spec/contract.ts';
import { createContract } from '../../../../src/spec/create-contract.ts';
import { applyOverlay } from '../../../../src/spec/overlay.ts';
import { parseText } from '../../../../src/spec/parse-text.ts';
import { inferResources } from '../../../../src/targets/embedded/infer-resources.ts';
import { planOperations } from '../../../../src/targets/embedded/plan-operations.ts';
import { createShapes } from '../../../../src/targets/embedded/shapes.ts';
import { startApi, type Api } from './api.ts';

const root = new URL('../../../../', import.meta.url);

async function readObject(path: string): Promise<JsonObject> {
  const value = parseText(await readFile(new URL(path, root), 'utf8'), path);
  if (!isObject(value)) throw new Error(`${path} holds no object`);
  return value;
}

const given = async (overlaid: boolean): Promise<Contract> => {
  const document = await readObject('specs/jobbergate/openapi.json');
  return createContract(
    overlaid ? applyOverlay(document, await readObject('specs/jobbergate/overlay.yaml'), 'overlay.yaml').document : document,
  );
};

const clients = {
  admin: { secret: 'a', claims: { email: 'admin@example.com', permissions: ['jobbergate:admin', 'jobbergate:clusters:update'] } },
  reader: { secret: 'r', claims: { email: 'reader@example.com', permissions: ['jobbergate:job-scripts:read'] } },
};

describe('what is inferred from the locked document', () => {
  test.each([
    ['POST /job-scripts', 'create', '/job-scripts'],
    ['POST /job-scripts/clone/{job_script_id}', 'create', '/job-scripts'],
    ['POST /job-scripts/render-from-template/{id_or_identifier}', 'create', '/job-scripts'],
    ['GET /job-scripts', 'list', '/job-scripts'],
    ['PUT /job-script-templates/{id_or_identifier}', 'update', '/job-script-templates'],
    ['PUT /job-scripts/{job_script_id}/upload/{file_type}', 'upload', '/job-scripts'],
    ['GET /job-scripts/{job_script_id}/upload/{file_name}', 'download', '/job-scripts'],
    ['DELETE /job-script-templates/{id_or_identifier}/upload/workflow', 'remove-file', '/job-script-templates'],
    ['GET /job-submissions/agent/pending', 'list', '/job-submissions'],
    ['PUT /job-submissions/cancel/{job_submission_id}', 'act', '/job-submissions'],
    ['POST /job-submissions/agent/submitted', 'act', '/job-submissions'],
    ['GET /job-submissions/{job_submission_id}/progress', 'act', '/job-submissions'],
    ['PUT /clusters/status', 'update', '/clusters/status'],
    ['GET /metrics/health', 'act', undefined],
  ])('%s is %s of %s', async (id, kind, collection) => {
    const contract = await given(false);
    const shapes = createShapes(contract);
    const resources = inferResources(contract, shapes);
    expect(resources.map((resource) => resource.collection).toSorted()).toEqual([
      '/clusters/status',
      '/job-script-templates',
      '/job-scripts',
      '/job-submissions',
    ]);
    const deed = planOperations(contract, shapes, resources).get(id)?.deed;
    expect([deed?.kind, deed?.resource?.collection]).toEqual([kind, collection]);
  });
});

describe.each([
  ['as its authors wrote it', false],
  ['under its overlay', true],
] as const)('the stand-in of the locked document %s', (_title, overlaid) => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi(await given(overlaid), { clients, rolesClaim: 'permissions', ownerClaim: 'email' });
  });
  afterAll(() => api.target.dispose());
  const as = (method: string, path: string, body?: Parameters<Api['call']>[3]): ReturnType<Api['call']> =>
    api.call('admin', method, path, body);
  const missing = overlaid ? 404 : 422;

  test('leads from a template over a script to a submission and back', async () => {
    const template = await as('POST', '/job-script-templates', { name: 'T', identifier: 'tee', template_vars: { n: 1 } });
    expect([template.status, template.json.owner_email, template.json.template_vars]).toEqual([201, 'admin@example.com', { n: 1 }]);
    expect((await as('GET', '/job-script-templates/tee')).json.id).toBe(template.json.id);
    const entrypoint = new FormData();
    entrypoint.append('upload_file', new File(['#!/bin/sh\n'], 'run.sh'));
    expect((await as('PUT', '/job-script-templates/tee/upload/template/ENTRYPOINT', entrypoint)).status).toBe(200);
    const script = await as('POST', '/job-scripts/render-from-template/tee', {
      create_request: { name: 'S', description: 'd' },
      render_request: { template_output_name_mapping: {}, param_dict: {} },
    });
    expect(script.json).toMatchObject({ name: 'S', description: 'd', parent_template_id: template.json.id });
    const copy = await as('POST', `/job-scripts/clone/${script.json.id}`, { name: 'C' });
    expect(copy.json).toMatchObject({ name: 'C', description: 'd', cloned_from_id: script.json.id, parent_template_id: template.json.id });
    const made = await as('GET', `/job-scripts?from_job_script_template_id=${template.json.id}&sort_field=name&sort_ascending=false`);
    expect([made.json.total, made.json.items.map((item: { name: string }) => item.name)]).toEqual([2, ['S', 'C']]);
    expect((await as('PUT', `/job-scripts/${script.json.id}/upload/ENTRYPOINT`, entrypoint)).status).toBe(200);
    const submission = await as('POST', '/job-submissions', { name: 'J', job_script_id: script.json.id });
    expect(submission.json).toMatchObject({ status: 'CREATED', client_id: 'admin', job_script_id: script.json.id });
    const pending = await as('GET', '/job-submissions/agent/pending');
    expect(pending.json.items.find((item: { id: number }) => item.id === submission.json.id).job_script.id).toBe(script.json.id);
    const reported = { id: submission.json.id, slurm_job_id: 71, slurm_job_state: 'RUNNING', slurm_job_info: '{}' };
    expect((await as('POST', '/job-submissions/agent/submitted', reported)).status).toBe(202);
    expect((await as('GET', '/job-submissions?slurm_job_ids=70,71&submit_status=SUBMITTED')).json.items).toMatchObject([
      { id: submission.json.id, slurm_job_state: 'RUNNING' },
    ]);
    expect((await as('PUT', `/job-submissions/cancel/${submission.json.id}`)).json.status).toBe('CANCELLED');
    for (const [path, status] of [
      [`/job-submissions/${submission.json.id}`, 204],
      [`/job-scripts/${script.json.id}`, 204],
      [`/job-scripts/${script.json.id}`, 404],
    ] as const) {
      expect([path, (await as('DELETE', path)).status]).toEqual([path, status]);
    }
  });

  test('updates what a request names and hides what is archived', async () => {
    const { json } = await as('POST', '/job-scripts', { name: 'Archive me', description: 'kept' });
    const updated = await as('PUT', `/job-scripts/${json.id}`, { is_archived: true });
    expect(updated.json).toMatchObject({ name: 'Archive me', description: 'kept', is_archived: true });
    expect(Date.parse(updated.json.updated_at)).toBeGreaterThanOrEqual(Date.parse(json.updated_at));
    const named = (query: string): Promise<number> => as('GET', `/job-scripts?search=archive+me${query}`).then((reply) => reply.json.total);
    expect([await named(''), await named('&include_archived=true')]).toEqual([0, 1]);
  });

  test('pages do not overlap and agree with the total', async () => {
    for (let index = 0; index < 5; index++) await as('POST', '/job-scripts', { name: `paged ${index}` });
    const ids: number[] = [];
    for (const page of [1, 2, 3]) {
      const { json } = await as('GET', `/job-scripts?search=paged&size=2&page=${page}`);
      expect(json).toMatchObject({ total: 5, pages: 3, size: 2, page });
      ids.push(...json.items.map((item: { id: number }) => item.id));
    }
    expect(new Set(ids).size).toBe(5);
  });

  test('keeps files: bytes, name, list at the script; a clone has them too', async () => {
    const script = await as('POST', '/job-scripts', { name: 'With files' });
    const form = new FormData();
    form.set('upload_file', new File(['#!/bin/bash\nécho'], 'job.sh', { type: 'text/plain' }));
    const kept = await as('PUT', `/job-scripts/${script.json.id}/upload/ENTRYPOINT`, form);
    expect([kept.status, kept.json]).toMatchObject([200, { parent_id: script.json.id, filename: 'job.sh', file_type: 'ENTRYPOINT' }]);
    const read = await as('GET', `/job-scripts/${script.json.id}/upload/job.sh`);
    expect([read.status, read.bytes.toString()]).toEqual([200, '#!/bin/bash\nécho']);
    expect((await as('GET', `/job-scripts/${script.json.id}`)).json.files).toEqual([kept.json]);
    const clone = await as('POST', `/job-scripts/clone/${script.json.id}`);
    expect((await as('GET', `/job-scripts/${clone.json.id}/upload/job.sh`)).bytes.toString()).toBe(read.bytes.toString());
    expect((await as('DELETE', `/job-scripts/${script.json.id}/upload/job.sh`)).status).toBe(200);
    expect((await as('GET', `/job-scripts/${script.json.id}/upload/job.sh`)).status).toBe(404);
  });

  test('a cluster reports itself under the client of its token', async () => {
    expect((await as('PUT', '/clusters/status?interval=45')).status).toBe(202);
    expect((await as('GET', '/clusters/status/admin')).json).toMatchObject({ client_id: 'admin', interval: 45 });
    expect((await as('GET', '/clusters/status')).json).toMatchObject({ total: 1, items: [{ client_id: 'admin' }] });
    expect((await as('DELETE', '/clusters/status/admin')).status).toBe(204);
    expect((await as('GET', '/clusters/status/admin')).status).toBe(404);
  });

  test('refuses what the contract refuses, in its shape', async () => {
    const invalid = await as('POST', '/job-scripts', { description: 'no name' });
    expect([invalid.status, invalid.json.detail]).toEqual([
      422,
      [{ loc: ['body', 'name'], msg: 'must have the property `name`', type: 'required', input: { description: 'no name' } }],
    ]);
    expect((await as('GET', '/job-scripts/abc')).json.detail[0].loc).toEqual(['path', 'job_script_id']);
    expect((await as('POST', '/job-submissions', { name: 'x', job_script_id: 123456 })).status).toBe(missing);
    expect((await as('GET', '/job-scripts/123456')).status).toBe(404);
    const anonymous = await api.call(undefined, 'GET', '/job-scripts');
    expect([anonymous.status, anonymous.json]).toEqual([401, { detail: 'Not authenticated' }]);
  });
});

describe('what only the overlay says', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi(await given(true), { clients, rolesClaim: 'permissions', ownerClaim: 'email' });
  });
  afterAll(() => api.target.dispose());
  const as = (method: string, path: string, body?: JsonObject): ReturnType<Api['call']> => api.call('admin', method, path, body);

  test('asks for the roles that the overlay states', async () => {
    const status = async (method: string, path: string, body?: JsonObject): Promise<number> =>
      (await api.call('reader', method, path, body)).status;
    expect([
      await status('GET', '/job-scripts'),
      await status('POST', '/job-scripts', { name: 'no' }),
      await status('GET', '/job-submissions'),
    ]).toEqual([200, 403, 403]);
  });

  test('tells a taken identifier and reads below a missing entity as the overlay does', async () => {
    await as('POST', '/job-script-templates', { name: 'one', identifier: 'taken' });
    expect((await as('POST', '/job-script-templates', { name: 'two', identifier: 'taken' })).status).toBe(409);
    expect((await as('GET', '/job-submissions/123456/progress')).json).toMatchObject({ total: 0, items: [] });
    expect((await as('GET', '/clusters/status/nobody')).bytes).toHaveLength(0);
  });
});

test('the bookings of a published example live and die, with problems in their own media type', async () => {
  const document = await readObject('node_modules/@readme/oas-examples/3.1/json/train-travel.json');
  const api = await startApi(createContract(document), { clients: { traveller: { secret: 't' } } });
  const as = (method: string, path: string, body?: JsonObject): ReturnType<Api['call']> => api.call('traveller', method, path, body);
  const trip = crypto.randomUUID();
  const ids: string[] = [];
  for (const passenger of ['Ada', 'Bo', 'Cy']) {
    const made = await as('POST', '/bookings', { trip_id: trip, passenger_name: passenger, has_dog: false });
    expect(made.json).toMatchObject({ trip_id: trip, passenger_name: passenger, has_dog: false });
    ids.push(made.json.id);
  }
  expect((await as('GET', `/bookings/${ids[0]}`)).json).toMatchObject({ id: ids[0], passenger_name: 'Ada' });
  expect((await as('GET', '/bookings')).json.data.map((booking: { id: string }) => booking.id)).toEqual(ids);
  expect((await as('DELETE', `/bookings/${ids[0]}`)).status).toBe(204);
  const gone = await as('GET', `/bookings/${ids[0]}`);
  expect([gone.status, gone.headers.get('content-type'), gone.json.status]).toEqual([404, 'application/problem+json', 404]);
  expect((await as('GET', '/bookings')).json.data).toHaveLength(2);
  await api.target.dispose();
});
