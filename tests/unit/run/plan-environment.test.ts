import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planEnvironment } from '../../../src/run/plan-environment.ts';
import { makeFolder } from '../../support/run-main.ts';

const config = {
  api: 'shop',
  document: 'openapi.yaml',
  timeout: '30s',
  seed: 3,
  reports: { json: 'reports/run.json' },
  collections: [{ file: 'a.json' }, { file: 'b.json', environment: 'e.json', data: 'd.csv', folders: ['F'], after: ['a.json'] }],
  defaultEnvironment: 'staging',
  environments: {
    local: { target: { kind: 'live', baseUrl: 'http://127.0.0.1:1' } },
    staging: {
      target: { kind: 'live', baseUrl: 'https://staging.example.com' },
      timeout: '60s',
      headers: ['X-Tenant: a'],
      allowWrites: true,
    },
  },
};

let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeAll(async () => {
  folder = await makeFolder({ 'specproof.config.json': JSON.stringify(config), 'below/note.txt': '' });
});
afterAll(() => folder.dispose());

describe('the plan', () => {
  it('takes the default environment, whose word wins over the file’s', async () => {
    const plan = await planEnvironment({}, folder.path, {});
    expect(plan).toMatchObject({ name: 'staging', named: undefined, folder: join(folder.path, 'specs', 'shop') });
    expect(plan.settings).toEqual({
      document: join(folder.path, 'openapi.yaml'),
      timeout: 60_000,
      seed: 3,
      headers: [['X-Tenant', 'a']],
      allowWrites: true,
      reports: { json: join(folder.path, 'reports', 'run.json') },
      collections: [
        { file: join(folder.path, 'a.json') },
        {
          file: join(folder.path, 'b.json'),
          environment: join(folder.path, 'e.json'),
          data: join(folder.path, 'd.csv'),
          folders: ['F'],
          after: [join(folder.path, 'a.json')],
        },
      ],
    });
  });

  it('lets flags win, with paths from where they were typed', async () => {
    const below = join(folder.path, 'below');
    const { name, settings } = await planEnvironment(
      { environment: 'local', timeout: 5, reports: { junit: 'j.xml' }, collections: [{ file: 'c.json' }] },
      below,
      {},
    );
    expect({ name, timeout: settings.timeout, reports: settings.reports, collections: settings.collections }).toEqual({
      name: 'local',
      timeout: 5,
      reports: { junit: join(below, 'j.xml') },
      collections: [{ file: join(below, 'c.json') }],
    });
  });

  it('takes a document that is named with the flags alone, whatever configuration lies around', async () => {
    const plan = await planEnvironment({ document: 'other.json', seed: 9 }, folder.path, {});
    expect(plan).toMatchObject({ loaded: undefined, environment: undefined, folder: undefined, named: join(folder.path, 'other.json') });
    expect(plan.settings).toEqual({ document: join(folder.path, 'other.json'), seed: 9 });
  });

  it('takes it with an environment that is named too', async () => {
    const plan = await planEnvironment({ document: 'http://127.0.0.1:2/openapi.json', environment: 'local' }, folder.path, {});
    expect(plan).toMatchObject({ name: 'local', named: 'http://127.0.0.1:2/openapi.json' });
  });

  it('suggests the environment that was meant', async () => {
    await expect(planEnvironment({ environment: 'stagng' }, folder.path, {})).rejects.toMatchObject({
      code: 'E_USAGE',
      message: '--env knows no environment "stagng", did you mean staging?; there are local, staging',
    });
  });
});
