/** Identities: named ways to get credentials. What they hand out is secret: it goes on the wire and nowhere else. */

/** What a credential looks like, known before it is had. */
export interface CredentialForm {
  /** The HTTP authentication scheme it is sent with (`Bearer`, `Basic`), or undefined for a bare API key. */
  readonly scheme: string | undefined;
  /** Name of the document's security scheme that it is for; undefined: for any that it fits. */
  readonly securityScheme?: string | undefined;
  /** Where it goes: which of the places that the document declares, or, where it declares none, this one; `Authorization` by default. */
  readonly place?:
    | {
        readonly in: 'header' | 'query' | 'cookie';
        readonly name: string;
        /** It goes there, scheme and all, whatever the document declares. */
        readonly exact?: boolean;
      }
    | undefined;
}

export interface Credential extends CredentialForm {
  /** The bare secret: an access token, an API key, or `user:password`. */
  readonly secret: string;
  /** Header fields that go wherever it goes. */
  readonly along?: readonly (readonly [string, string])[];
}

/** One way to a credential. */
export interface CredentialSource {
  readonly form: CredentialForm;
  /** A credential that is good for now; renewed before it runs out, one token request for concurrent callers. Throws HarnessError E_IDENTITY, E_SECRET. */
  readonly credential: () => Promise<Credential>;
  /** Told that the API refused the secret with 401: whether another one is at hand now. Throws HarnessError E_IDENTITY when it has run out and no other can be had. */
  readonly renew: (refused: string) => Promise<boolean>;
  /** Every secret it has handed out or holds. */
  readonly secrets: () => readonly string[];
}

/** Somebody that requests are sent as. */
export interface Identity {
  readonly name: string;
  /** What it holds, at least one; the first is the main one. */
  readonly sources: readonly CredentialSource[];
  /** The main credential, good for now. Throws HarnessError E_IDENTITY, E_SECRET. */
  readonly credential: () => Promise<Credential>;
  /** Every secret this identity has handed out or holds (client secret, refresh token, access tokens), to be struck from all that is kept. */
  readonly secrets: () => readonly string[];
}
