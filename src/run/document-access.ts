/** How the document is asked for: over the target's network, with the user's header fields, and with the main identity's credential where its own origin wants one. */
import type { Credential } from '../auth/identity.ts';
import type { FetchDocumentOptions } from '../spec/fetch-document.ts';
import { fieldOf } from '../requests/credentials.ts';
import { openIdentities } from './open-identities.ts';
import type { EnvironmentPlan } from './plan-environment.ts';

/** How a document is fetched in a plan. */
export function documentAccess(plan: EnvironmentPlan): FetchDocumentOptions {
  const { settings, network } = plan;
  const { headers = [], allowRefHosts, timeout } = settings;
  const own = headers.some(([name]) => name.toLowerCase() === 'authorization');
  const origin = targetOrigin(plan);
  return {
    fetch: own || origin === undefined ? network.fetch : withCredential(network.fetch, origin, () => mainCredential(plan)),
    headers: Object.fromEntries(headers),
    ...(allowRefHosts !== undefined && { allowRefHosts }),
    ...(timeout !== undefined && { timeout }),
  };
}

/** Asks again with the credential where the origin that it is for answers 401 or 403; it goes nowhere else. */
function withCredential(fetch: typeof globalThis.fetch, origin: string, credential: () => Promise<Credential | undefined>): typeof fetch {
  return async (input, init) => {
    const answer = await fetch(input, init);
    if ((answer.status !== 401 && answer.status !== 403) || new URL(String(input)).origin !== origin) return answer;
    const given = await credential();
    if (given === undefined) return answer;
    await answer.body?.cancel();
    return fetch(input, {
      ...init,
      headers: { ...(init?.headers as Record<string, string>), ...Object.fromEntries([...(given.along ?? []), fieldOf(given)]) },
    });
  };
}

/** Origin that the main identity's credential is for: where the plan says that the API is. */
function targetOrigin({ settings, environment }: EnvironmentPlan): string | undefined {
  const baseUrl = targetUrl(settings, environment);
  return baseUrl === undefined ? undefined : URL.parse(baseUrl)?.origin;
}

function targetUrl(settings: EnvironmentPlan['settings'], environment: EnvironmentPlan['environment']): string | undefined {
  const target = environment?.target;
  return settings.baseUrl ?? (target === undefined || target.kind === 'embedded' ? undefined : target.baseUrl);
}

async function mainCredential({ settings, environment, env, network }: EnvironmentPlan): Promise<Credential | undefined> {
  const target = environment?.target;
  const issuer = target !== undefined && 'issuer' in target ? target.issuer : undefined;
  const surroundings = { contract: undefined, issuer, baseUrl: targetUrl(settings, environment), env, fetch: network.fetch };
  const { identities, main } = openIdentities(settings, environment, surroundings);
  return main === undefined ? undefined : identities.get(main)?.credential();
}
