/** Sends requests as an identity. A token that runs out on the way is nobody's finding: it is renewed, and the request sent again. */
import type { Credential, CredentialSource, Identity } from '../auth/identity.ts';
import type { Contract, Operation } from '../spec/contract.ts';
import type { WireRequest } from './build.ts';
import { authorize, placeCredentials, type Placed } from './credentials.ts';
import type { Exchange } from './exchange.ts';
import type { ExchangeTags, Transport } from './send.ts';

/** Who calls what. */
export interface Errand {
  readonly identity: Identity;
  readonly contract: Contract;
  readonly operation: Operation | undefined;
}

/** What the identity's requests to the operation carry. Throws what the identity's credentials throw. */
export function credentialsFor(errand: Errand): Promise<readonly Placed<Credential>[]> {
  return obtain(placedSources(errand));
}

/**
 * The exchange. After a 401 that other credentials may mend, the one of the request sent again: a 401 says that nothing was carried out.
 * Throws what the identity's credentials and the transport throw.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2
 */
export async function sendAs(
  errand: Errand,
  transport: Transport,
  request: WireRequest,
  tags: Omit<ExchangeTags, 'identity'>,
): Promise<Exchange> {
  const send = (credentials: readonly Placed<Credential>[]): Promise<Exchange> =>
    transport.send(authorize(request, credentials), { ...tags, identity: errand.identity.name });
  const sources = placedSources(errand);
  const used = await obtain(sources);
  const exchange = await send(used);
  if (exchange.response?.status !== 401) return exchange;
  const renewed = await Promise.all(sources.map(({ held }, index) => held.renew(used[index]?.held.secret ?? '')));
  return renewed.includes(true) ? send(await obtain(sources)) : exchange;
}

function placedSources({ identity, contract, operation }: Errand): readonly Placed<CredentialSource>[] {
  return placeCredentials(contract, operation, identity.sources, ({ form }) => form);
}

async function obtain(sources: readonly Placed<CredentialSource>[]): Promise<readonly Placed<Credential>[]> {
  const placed: Placed<Credential>[] = [];
  for (const { held, scheme } of sources) placed.push({ held: await held.credential(), scheme });
  return placed;
}
