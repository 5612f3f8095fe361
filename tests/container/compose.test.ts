import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/requests/redact.ts';
import { containerTarget, type ContainerTarget } from '../../src/targets/container/container-target.ts';
import type { ComposeOptions } from '../../src/targets/container/options.ts';
import { imageFolder, whatIsLeft } from '../support/containers.ts';
import { makeFolder } from '../support/run-main.ts';

const services = `
services:
  setup:
    build: { context: ${JSON.stringify(imageFolder)} }
    command: ['python3', 'api.py', '0']
  api:
    build: { context: ${JSON.stringify(imageFolder)} }
    command: ['python3', 'api.py', \${ENDS:-}]
    environment: { GREETING: '\${GREETING}' }
    depends_on: { setup: { condition: service_completed_successfully } }
    volumes: ['notes:/etc/notes']
    ports: ['8000']
volumes: { notes: {} }
`;

let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeAll(async () => {
  folder = await makeFolder({
    'compose.yaml': services.replace(', ${ENDS:-}', ''),
    'ends.yaml': services.replace('${ENDS:-}', "'4'"),
    'broken.yaml': 'services: { api: { imagee: nothing } }\n',
  });
});
afterAll(() => folder.dispose());

const open: ContainerTarget[] = [];
afterEach(async () => {
  for (const target of open.splice(0)) await target.dispose();
});

async function start(compose: ComposeOptions): Promise<ContainerTarget> {
  const target = await containerTarget(
    { kind: 'container', baseUrl: 'http://api:8000', compose: { readyTimeout: 20_000, ...compose } },
    { root: folder.path, env: { SECRET: 'hush-hush' }, createRedactor },
  );
  open.push(target);
  return target;
}

describe('a compose project', () => {
  it('is started with its variables, reached by the names of its services, and removed with its volumes', async () => {
    const target = await start({
      files: ['compose.yaml'],
      env: { GREETING: { variable: 'SECRET' } },
      ready: { api: [{ kind: 'http', port: 8000, path: '/surroundings' }] },
    });
    const answer = await fetch(`${target.baseUrl}/surroundings`);
    expect(await answer.json()).toMatchObject({ greeting: 'hush-hush' });
    expect(target.logs().get('setup')).toEqual(['greeting is None']);
    expect(target.logs().get('api')).toEqual(expect.arrayContaining(['greeting is ‹secret›', 'listening']));
    await target.dispose();
    expect(await whatIsLeft()).toEqual([]);
  });

  it.each([
    { why: 'a service that exits', file: 'ends.yaml', message: /^container api .* with exit code 4$/, hint: /greeting is/ },
    {
      why: 'a file that compose refuses',
      file: 'broken.yaml',
      message: /^docker compose could not start broken.yaml: .*imagee/,
      hint: /imagee/,
    },
    { why: 'a file that is not there', file: 'nowhere.yaml', message: /^docker compose could not start nowhere.yaml: /, hint: /nowhere/ },
  ])('with $why is told with its last lines and leaves nothing', async ({ file, message, hint }) => {
    const project = start({ files: [file], env: { GREETING: 'hello' }, ready: { api: [{ kind: 'http', port: 8000, path: '/' }] } });
    await expect(project).rejects.toMatchObject({
      code: 'E_TARGET',
      message: expect.stringMatching(message) as string,
      hint: expect.stringMatching(hint) as string,
    });
    expect(await whatIsLeft()).toEqual([]);
  });

  it('tells when a service ends later', async () => {
    const target = await start({
      files: [join(folder.path, 'compose.yaml')],
      services: ['api'],
      env: { GREETING: 'x' },
      ready: { api: [{ kind: 'port', port: 8000 }] },
    });
    await fetch(`${target.baseUrl}/end`).catch(() => undefined);
    expect(await target.died).toMatchObject({ message: 'container api ended on its own, with exit code 3' });
    await target.dispose();
    expect(await whatIsLeft()).toEqual([]);
  });
});
