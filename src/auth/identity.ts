/** Identities: named ways to get credentials. What they hand out is secret: it goes on the wire and nowhere else. */

/** Credentials as header fields, query parameters or cookies to add to a request. */
export interface Credential {
  /** The bare secret: an access token, an API key, or `user:password`. */
  readonly secret: string;
  /** The HTTP authentication scheme it is sent with (`Bearer`, `Basic`), or undefined for a bare API key. */
  readonly scheme: string | undefined;
}

export interface Identity {
  readonly name: string;
  /** A credential that is good for now; renewed before it runs out, one token request for concurrent callers. Throws HarnessError E_IDENTITY. */
  readonly credential: () => Promise<Credential>;
  /** Every secret this identity has handed out or holds (client secret, refresh token, access tokens), to be struck from all that is kept. */
  readonly secrets: () => readonly string[];
}

/** How an identity is configured. Secrets come from the environment, never from the file. */
export type IdentityOptions =
  | { readonly kind: 'static'; readonly token: string; readonly scheme?: string }
  | { readonly kind: 'environment'; readonly variable: string; readonly scheme?: string }
  | {
      readonly kind: 'client-credentials';
      readonly issuer: string;
      readonly clientId: string;
      /** Name of the environment variable that holds the secret, or the secret itself for a test provider on loopback. */
      readonly clientSecret: { readonly variable: string } | { readonly testValue: string };
      readonly scope?: string;
      readonly audience?: string;
    };
