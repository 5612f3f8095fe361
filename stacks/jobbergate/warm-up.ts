// Last step of each start: waits for what started beside the API, makes the bucket, and asks the API one
// question as its administrator, so that the first real request meets a stack that works end to end.
import { setTimeout as sleep } from 'node:timers/promises';
import { bucket, issuerUrl, origin } from './settings.ts';

const patience = 90_000;
const deadline = Date.now() + patience;

/** Gives the answer with that status; asks again only while nobody listens or the server says it isn't ready. */
async function answered(what: string, url: string, options: RequestInit, status: number): Promise<Response> {
  let last = '';
  while (Date.now() < deadline) {
    const response = await fetch(url, { ...options, signal: AbortSignal.timeout(20_000) }).catch((error: Error) => {
      last = error.cause instanceof Error ? error.cause.message : error.message;
    });
    if (response?.status === status) return response;
    if (response !== undefined && response.status !== 503) {
      throw new Error(`${what} answered ${response.status}, not ${status}, at ${url}: ${(await response.text()).slice(0, 300)}`);
    }
    await sleep(100);
  }
  throw new Error(`${what} did not answer at ${url} in ${patience / 1000} s (${last}); its own output says more`);
}

async function adminToken(): Promise<string> {
  await answered('Keycloak', `${issuerUrl()}/.well-known/openid-configuration`, {}, 200);
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'specproof-admin',
    client_secret: 'specproof-admin-secret',
  });
  const response = await answered('Keycloak', `${issuerUrl()}/protocol/openid-connect/token`, { method: 'POST', body }, 200);
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}

async function warmUp(): Promise<void> {
  await answered('the S3 server', `${origin('storage')}/${bucket}`, { method: 'PUT' }, 200);
  const headers = { authorization: `Bearer ${await adminToken()}` };
  await answered('the API', `${origin('api')}/jobbergate/job-scripts`, { headers }, 200);
}

await warmUp().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
