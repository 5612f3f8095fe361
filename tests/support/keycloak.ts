/** The provider of the real stack, for tests: its pages as a user sees them, and clients of kinds that the realm does not have. */
import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { User } from './browse.ts';

/** A user who logs in with the realm's test user, and consents. */
export const localUser: User = ({ fields, page }) => {
  if (fields.includes('username')) return { username: 'local-user', password: 'local' };
  return page.includes('name="accept"') ? { accept: 'Yes' } : {};
};

/** A user who logs in and refuses. */
export const refusingUser: User = (form) => (form.page.includes('name="cancel"') ? { cancel: 'No' } : localUser(form));

/** Adds a client to the realm for the time of the test, and gives its id: made by the client that may do that and nothing else. */
export async function addClient(issuer: string, client: Readonly<Record<string, unknown>>): Promise<string> {
  const clientId = `test-${randomUUID()}`;
  const clients = `${issuer.replace('/realms/', '/admin/realms/')}/clients`;
  const made = await fetch(clients, {
    method: 'POST',
    headers: { authorization: await keeper(issuer), 'content-type': 'application/json' },
    body: JSON.stringify({
      clientId,
      protocol: 'openid-connect',
      publicClient: false,
      standardFlowEnabled: false,
      directAccessGrantsEnabled: false,
      ...client,
    }),
  });
  if (made.status !== 201) throw new Error(`the client was not made: ${made.status} ${await made.text()}`);
  onTestFinished(
    async () =>
      void (await fetch(made.headers.get('location') ?? '', { method: 'DELETE', headers: { authorization: await keeper(issuer) } })),
  );
  return clientId;
}

async function keeper(issuer: string): Promise<string> {
  const form = { grant_type: 'client_credentials', client_id: 'realm-keeper', client_secret: 'realm-keeper-secret' };
  const response = await fetch(`${issuer}/protocol/openid-connect/token`, { method: 'POST', body: new URLSearchParams(form) });
  const { access_token: token = '' } = (await response.json()) as { readonly access_token?: string };
  return `Bearer ${token}`;
}
