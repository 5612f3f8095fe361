/** How identities are configured. Secrets come from the environment or the token store, never from the file. */

/** Name of the environment variable that holds the secret, or the secret itself for a test provider on loopback. */
export type Secret = { readonly variable: string } | { readonly testValue: string };

/** A client at an OAuth 2.0 provider. */
export interface ClientOptions {
  /** The provider's issuer: its endpoints are discovered. @see https://openid.net/specs/openid-connect-discovery-1_0.html and https://www.rfc-editor.org/rfc/rfc8414 */
  readonly issuer?: string;
  /** With it nothing is discovered: further endpoints must be named too where they are needed. A relative one starts from the base URL of the target: `token` is below it, `/token` at its origin. */
  readonly tokenEndpoint?: string;
  readonly deviceAuthorizationEndpoint?: string;
  readonly authorizationEndpoint?: string;
  readonly clientId: string;
  /** Without it and `privateKey` the client is a public one. */
  readonly clientSecret?: Secret;
  /** Private key, PEM or JWK, that the client proves itself with. @see https://www.rfc-editor.org/rfc/rfc7523#section-2.2 */
  readonly privateKey?: { readonly variable: string } | { readonly file: string };
  /** Key id for the header of what is signed. */
  readonly keyId?: string;
  readonly scope?: string;
  readonly audience?: string;
}

/** Tokens that `specproof login` gets and keeps. */
export interface LoginOptions extends ClientOptions {
  readonly kind: 'login';
  /** How the user logs in: a code to type on any device, the default, or the browser of this machine. */
  readonly flow?: 'device' | 'browser';
  /** Tells the logins of several people with one client apart; a hint for the provider's page too. */
  readonly user?: string;
  /** Port of the redirect URI of the flow `browser`, for providers that do not take any; a free one by default. */
  readonly redirectPort?: number;
}

/** Tokens that another program keeps in files. They are read, never written. */
export interface TokenFileOptions extends Partial<ClientOptions> {
  readonly kind: 'token-file';
  /** Path of the file that holds the access token as text; `~` and environment variables are expanded. */
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** Whether the refresh token may be used: where the provider rotates it, that logs the other program out. Needs `issuer` and `clientId`. */
  readonly useRefreshToken?: boolean;
}

/** Texts by name, secret or not. */
export type Fields = Readonly<Record<string, string | Secret>>;

/** What one call of a login endpoint gives: a token of its answer, or, without `token`, its cookies. */
export interface LoginCallOptions {
  readonly kind: 'login-call';
  /** Of the login endpoint; a relative one starts from the base URL of the target: `login` is below it, `/login` at its origin. */
  readonly url: string;
  /** `POST` by default. */
  readonly method?: string;
  /** `application/json` by default. */
  readonly contentType?: string;
  /** The body by its fields, as JSON or as a form. */
  readonly fields?: Fields;
  /** The body itself, in place of `fields`. */
  readonly body?: Secret;
  /** Header fields of the call. */
  readonly headers?: Fields;
  /** Where the answer holds the token: JSON Pointer into its body, or name of a header field. @see https://www.rfc-editor.org/rfc/rfc6901 */
  readonly token?: { readonly body: string } | { readonly header: string };
  /** Where the token goes, whatever the document declares; as a bearer token where the document says, by default. */
  readonly send?: {
    readonly in: 'header' | 'query';
    readonly name: string;
    /** Scheme before the token; none by default. */
    readonly scheme?: string;
  };
  /** Fixed header fields that go with the token or the cookies. */
  readonly along?: Fields;
}

/** One credential. */
export type CredentialOptions =
  | { readonly kind: 'static'; readonly token: string; readonly scheme?: string }
  | { readonly kind: 'environment'; readonly variable: string; readonly scheme?: string }
  /** @see https://www.rfc-editor.org/rfc/rfc7617 */
  | { readonly kind: 'basic'; readonly username: string; readonly password: Secret }
  /** `in` and `name` where the document does not say where the key goes, or names several places. */
  | { readonly kind: 'api-key'; readonly key: Secret; readonly in?: 'header' | 'query' | 'cookie'; readonly name?: string }
  /** Header fields, sent as they are; the first one is what cases spoil. */
  | { readonly kind: 'headers'; readonly headers: Fields }
  | LoginCallOptions
  | (ClientOptions & { readonly kind: 'client-credentials' })
  /** Only for providers that offer nothing better. Without `clientId` no client is named. @see https://www.rfc-editor.org/rfc/rfc9700#section-2.4 */
  | (Partial<ClientOptions> & { readonly kind: 'password'; readonly username: string; readonly password: Secret })
  /** `subject`: name of the identity whose access token is exchanged. */
  | (ClientOptions & { readonly kind: 'token-exchange'; readonly subject: string })
  | LoginOptions
  | TokenFileOptions;

/** One credential, or one for each of the document's security schemes that the identity can satisfy, by the scheme's name. */
export type IdentityOptions =
  | CredentialOptions
  | { readonly kind: 'several'; readonly credentials: Readonly<Record<string, CredentialOptions>> };

/** The credentials of an identity. */
export function credentialsOf(options: IdentityOptions): readonly CredentialOptions[] {
  return options.kind === 'several' ? Object.values(options.credentials) : [options];
}
