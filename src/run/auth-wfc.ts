/** Reads identities from an auth file of Web Fuzzing Commons. @see https://github.com/WebFuzzing/Commons/blob/master/auth.md */
import { readFile } from 'node:fs/promises';
import type { Fields, IdentityOptions, LoginCallOptions } from '../auth/identity-options.ts';
import { HarnessError } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../lib/json.ts';
import { parseText } from '../spec/parse-text.ts';
import { choice, parser, text, toggle, type Parser } from './parse-setting.ts';
import { findFlaw, type Shape } from './shape.ts';

interface Header {
  readonly name: string;
  readonly value: string;
}

/** What the shape has seen to. */
interface Entry {
  readonly name: string;
  readonly requireMockHandling?: boolean;
  readonly fixedHeaders?: readonly Header[];
  readonly createUsers?: Json;
  readonly loginEndpointAuth?: {
    readonly endpoint?: string;
    readonly externalEndpointURL?: string;
    readonly verb: string;
    readonly contentType?: string;
    readonly payloadRaw?: string;
    readonly payloadUserPwd?: Readonly<Record<'username' | 'usernameField' | 'password' | 'passwordField', string>>;
    readonly headers?: readonly Header[];
    readonly token?: {
      readonly extractFrom: 'body' | 'header';
      readonly extractSelector: string;
      readonly sendIn: 'header' | 'query';
      readonly sendName: string;
      readonly sendTemplate?: string;
    };
    readonly expectCookies?: boolean;
  };
}

const parsed = (parse: Parser<unknown>): Shape => ({ kind: 'parsed', parse });
/** What is wrong with a text is told without it: most of them are secret. */
const aText = parsed(
  parser(text.schema, (given) =>
    typeof given === 'string' && given !== '' ? { value: given } : { problem: 'must be a text, in quotes where it looks like a number' },
  ),
);
const object = (members: Readonly<Record<string, Shape>>, ...required: readonly string[]): Shape => ({ kind: 'object', members, required });
const headers: Shape = { kind: 'list', of: object({ name: aText, value: aText }, 'name', 'value') };

const userAndPassword = { username: aText, usernameField: aText, password: aText, passwordField: aText };
const token = {
  extractFrom: parsed(choice('place', ['body', 'header'])),
  extractSelector: aText,
  sendIn: parsed(choice('place', ['header', 'query'])),
  sendName: aText,
};
const entry = object(
  {
    name: aText,
    requireMockHandling: parsed(toggle),
    fixedHeaders: headers,
    createUsers: { kind: 'any' },
    loginEndpointAuth: object(
      {
        endpoint: aText,
        externalEndpointURL: aText,
        verb: parsed(choice('verb', ['POST', 'GET', 'PATCH', 'DELETE', 'PUT'])),
        contentType: aText,
        payloadRaw: aText,
        payloadUserPwd: object(userAndPassword, ...Object.keys(userAndPassword)),
        headers,
        token: object({ ...token, sendTemplate: aText }, ...Object.keys(token)),
        expectCookies: parsed(toggle),
      },
      'verb',
    ),
  },
  'name',
);

const file: Shape = object(
  { schemaVersion: aText, auth: { kind: 'list', of: { kind: 'any' } }, authTemplate: { kind: 'any' }, configs: { kind: 'any' } },
  'auth',
);

/**
 * The identities of the file, by name; `location` names it in messages. `configs` are another program's settings and not looked at.
 * @throws HarnessError `E_CONFIG` that names the entry and what is wrong with it
 */
export async function readAuthWfc(path: string, location: string): Promise<Readonly<Record<string, IdentityOptions>>> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new HarnessError('E_CONFIG', `--auth-wfc: ${location} cannot be read`, {
      hint: 'check the path and its permissions',
      cause: error,
    });
  });
  const value = parseText(content, location, 'E_CONFIG');
  const check = (shape: Shape, given: unknown, at: string): void => {
    const flaw = findFlaw(shape, given, at);
    if (flaw !== undefined) throw wrong(location, `${flaw.path === '' ? 'the file' : flaw.path} ${flaw.problem}`);
  };
  check(file, value, '');
  const { auth, authTemplate } = value as { readonly auth: readonly Json[]; readonly authTemplate?: Json };
  const identities = new Map<string, IdentityOptions>();
  for (const [index, own] of auth.entries()) {
    const merged: unknown = merge(authTemplate, own);
    check(entry, merged, `auth[${index}]`);
    const given = merged as Entry;
    if (identities.has(given.name)) throw wrong(location, `auth[${index}].name: there is another ${given.name}`);
    identities.set(
      given.name,
      identityOf(given, (problem) => wrong(location, `auth[${index}]${problem}`)),
    );
  }
  return Object.fromEntries(identities);
}

function wrong(location: string, problem: string): HarnessError {
  return new HarnessError('E_CONFIG', `${location}: ${problem}`, { hint: `mend that in ${location}` });
}

/** What the entry says, and where it is silent, the template. */
function merge(template: Json | undefined, own: Json): Json {
  if (!isObject(template) || !isObject(own)) return own;
  const inherited = Object.entries(own).map(([name, value]) => [name, merge(template[name], value)] as const);
  return { ...template, ...Object.fromEntries(inherited) } satisfies JsonObject;
}

function identityOf(
  { requireMockHandling, createUsers, fixedHeaders = [], loginEndpointAuth }: Entry,
  flawed: (problem: string) => HarnessError,
): IdentityOptions {
  if (createUsers !== undefined) throw flawed('.createUsers: specproof makes no users; give the login of one that exists');
  if (requireMockHandling === true) throw flawed('.requireMockHandling: specproof cannot set up the answers of other services');
  const fixed = fieldsOf(fixedHeaders);
  if (loginEndpointAuth !== undefined) return { ...loginOf(loginEndpointAuth, flawed), along: fixed };
  if (fixedHeaders.length === 0) throw flawed(' has neither fixedHeaders nor loginEndpointAuth');
  return { kind: 'headers', headers: fixed };
}

function loginOf(login: NonNullable<Entry['loginEndpointAuth']>, flawed: (problem: string) => HarnessError): LoginCallOptions {
  const { endpoint, externalEndpointURL, verb, contentType, payloadRaw, payloadUserPwd: user, token: given, expectCookies } = login;
  const url = endpoint ?? externalEndpointURL;
  const at = '.loginEndpointAuth';
  if (url === undefined || (endpoint !== undefined && externalEndpointURL !== undefined))
    throw flawed(`${at} must have either endpoint or externalEndpointURL`);
  if (payloadRaw !== undefined && user !== undefined) throw flawed(`${at} has both payloadRaw and payloadUserPwd`);
  if ((given === undefined) !== (expectCookies === true)) throw flawed(`${at} must have either token or expectCookies: true`);
  return {
    kind: 'login-call',
    url,
    method: verb,
    ...(contentType !== undefined && { contentType }),
    ...(payloadRaw !== undefined && { body: { testValue: payloadRaw } }),
    ...(user && { fields: { [user.usernameField]: user.username, [user.passwordField]: { testValue: user.password } } }),
    headers: fieldsOf(login.headers ?? []),
    ...(given && {
      token: given.extractFrom === 'body' ? { body: given.extractSelector } : { header: given.extractSelector },
      send: {
        in: given.sendIn,
        name: given.sendName,
        ...schemeOf(given.sendTemplate, (problem) => flawed(`${at}.token.sendTemplate ${problem}`)),
      },
    }),
  };
}

function schemeOf(template: string | undefined, flawed: (problem: string) => HarnessError): { readonly scheme?: string } {
  if (template === undefined || template === '{token}') return {};
  const [, scheme] = /^([\w-]+) \{token\}$/.exec(template) ?? [];
  if (scheme === undefined) throw flawed('must be "{token}", or a scheme before it such as "Bearer {token}"');
  return { scheme };
}

function fieldsOf(given: readonly Header[]): Fields {
  return Object.fromEntries(given.map(({ name, value }) => [name, { testValue: value }]));
}
