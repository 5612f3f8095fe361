/** Loads the optional packages that only the embedded target needs. */
import type { Provider } from 'oidc-provider';
import { HarnessError } from '../../errors.ts';

interface OidcProviderModule {
  readonly Provider: typeof Provider;
}

/** The module of oidc-provider. Throws HarnessError E_OPTIONAL when it is not installed, that is when `load` rejects. */
export async function loadOidcProvider(
  load: () => Promise<OidcProviderModule> = () => import('oidc-provider'),
): Promise<OidcProviderModule> {
  try {
    return await load();
  } catch (cause) {
    throw new HarnessError('E_OPTIONAL', 'the embedded target needs the package oidc-provider, which is not installed', {
      hint: 'npm install --save-dev oidc-provider',
      cause,
    });
  }
}
