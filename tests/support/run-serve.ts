/** Runs `specproof serve` as a process of its own, until it is stopped. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { launcher } from './run-specproof.ts';

export interface Served {
  readonly baseUrl: string;
  readonly issuer: string;
  readonly stop: () => Promise<void>;
}

/** The stand-in of the folder's configuration, once it has told where it is. */
export async function startServe(cwd: string): Promise<Served> {
  const server = spawn(process.execPath, [launcher, 'serve'], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const told = new Map<string, string>();
  for await (const line of createInterface(server.stdout)) {
    const [name = '', value = ''] = line.split(/ {2,}/);
    told.set(name, value);
    if (name === 'client') break;
  }
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM');
    await once(server, 'close');
  };
  return { baseUrl: told.get('base URL') ?? '', issuer: told.get('issuer') ?? '', stop };
}

/** A token of the stand-in's provider, for one of its clients. */
export async function requestToken(issuer: string, id: string, secret: string): Promise<string> {
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return ((await answer.json()) as { readonly access_token: string }).access_token;
}
