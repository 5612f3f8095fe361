/** Loads the optional packages that only the embedded target needs. */
import type { Provider } from 'oidc-provider';
import { loadOptional } from '../../lib/load-optional.ts';

interface OidcProviderModule {
  readonly Provider: typeof Provider;
}

/** The module of oidc-provider. Throws HarnessError E_OPTIONAL when it is not installed, that is when `load` rejects. */
export async function loadOidcProvider(
  load: () => Promise<OidcProviderModule> = () => import('oidc-provider'),
): Promise<OidcProviderModule> {
  return loadOptional('oidc-provider', 'the embedded target needs', load);
}
