/** Logs a user in and out: what `specproof login` keeps, identities of kind `login` use. Prints nothing; what to show goes to the hooks. */
import { authorizationCode } from './grants/authorization-code.ts';
import { deviceCode, type DeviceCode } from './grants/device-code.ts';
import type { LoginOptions } from './identity-options.ts';
import { createProvider, type ProviderSurroundings } from './provider.ts';
import { createTokenStore } from './token-store.ts';
import { tokensOf, type Tokens } from './tokens.ts';

export interface LoginHooks extends ProviderSurroundings {
  /** Gives the login up. */
  readonly signal: AbortSignal;
  /** Called with the code that the user must type. */
  readonly showCode: (code: DeviceCode) => void;
  /** Called with the page that the user must see. */
  readonly showPage: (url: string) => void;
}

/** The tokens of a user who has logged in, and the file that keeps them. Throws HarnessError E_IDENTITY, E_WRITE; nothing is kept then. */
export async function logIn(
  identity: string,
  options: LoginOptions,
  hooks: LoginHooks,
): Promise<{ readonly tokens: Tokens; readonly file: string }> {
  const provider = createProvider(identity, options, hooks);
  const store = createTokenStore(identity, options, hooks.env);
  const { redirectPort: port = 0, user: loginHint } = options;
  try {
    const response =
      options.flow === 'browser'
        ? await authorizationCode(provider, { identity, show: hooks.showPage, port, loginHint, signal: hooks.signal })
        : await deviceCode(provider, hooks.showCode, hooks.signal);
    const tokens = tokensOf(response, hooks.now());
    await store.alone(() => store.save(tokens));
    return { tokens, file: store.file };
  } catch (error) {
    throw provider.explain(error);
  }
}

/** Revokes what is kept of the login, where the provider offers that, and removes it. Whether there was anything. Throws HarnessError E_WRITE. @see https://www.rfc-editor.org/rfc/rfc7009 */
export async function logOut(identity: string, options: LoginOptions, surroundings: ProviderSurroundings): Promise<boolean> {
  const provider = createProvider(identity, options, surroundings);
  const store = createTokenStore(identity, options, surroundings.env);
  return store.alone(async () => {
    const tokens = await store.load().catch(() => undefined);
    const removed = await store.remove();
    if (tokens === undefined) return removed;
    try {
      await provider.ask(async (client, configuration) => {
        if (configuration.serverMetadata().revocation_endpoint === undefined) return;
        await client.tokenRevocation(configuration, tokens.refresh ?? tokens.access);
      });
    } catch (error) {
      surroundings.tell(`${provider.explain(error).message}: the tokens are removed here, but good there until they expire`);
    }
    return removed;
  });
}
