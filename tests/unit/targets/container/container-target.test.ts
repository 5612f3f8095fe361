import { describe, expect, it } from 'vitest';
import { containerTarget } from '../../../../src/targets/container/container-target.ts';
import { openEngine } from '../../../../src/targets/container/engine.ts';
import type { ContainerTargetOptions } from '../../../../src/targets/container/options.ts';

const api = { image: 'api' };

describe('the container target', () => {
  it.each<{ readonly why: string; readonly given: Partial<ContainerTargetOptions>; readonly message: RegExp }>([
    { why: 'neither containers nor compose', given: {}, message: /either containers or compose/ },
    { why: 'both', given: { containers: { api }, compose: { files: ['compose.yaml'] } }, message: /either containers or compose/ },
    {
      why: 'a name that is no host name',
      given: { containers: { My_API: api } },
      message: /^container My_API: a name has lower-case letters/,
    },
    {
      why: 'a need that is not further up',
      given: { containers: { api: { ...api, needs: ['db'] }, db: api } },
      message: /^container api needs db, which is no/,
    },
    { why: 'an address that cannot be one', given: { baseUrl: 'ftp://api', containers: { api } }, message: /^base URL "ftp:\/\/api"/ },
  ])('refuses $why before it asks for an engine', async ({ given, message }) => {
    const start = containerTarget({ kind: 'container', baseUrl: 'http://api:8000', ...given });
    await expect(start).rejects.toMatchObject({ code: 'E_CONFIG', message: expect.stringMatching(message) as string });
  });

  it('says which package it needs', async () => {
    const missing = openEngine(() => Promise.reject(new Error('not found')));
    await expect(missing).rejects.toMatchObject({ code: 'E_OPTIONAL', hint: 'npm install --save-dev testcontainers' });
  });
});
