/** Decides what a new project is made of: by flags, by what the document says, and by asking where somebody is there to ask. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { HarnessError } from '../../errors.ts';
import { isObject, member } from '../../lib/json.ts';
import { choice } from '../../run/parse-setting.ts';
import type { Contract } from '../../spec/contract.ts';
import { isWebUrl } from '../../spec/fetch-text.ts';
import type { Invocation } from '../command.ts';
import { unwrap } from '../parse-flags.ts';
import { specproofVersion } from '../version.ts';
import type { Ask } from './ask.ts';
import {
  authKinds,
  givenCredential,
  identityOf,
  kindHints,
  neededDetails,
  possibleKinds,
  statedIssuer,
  takenDetails,
  type AuthDetails,
  type AuthKind,
} from './identity-kinds.ts';
import { apiName, variableOf, type Project } from './project-files.ts';

const questions: Readonly<Record<keyof AuthDetails, string>> = {
  variable: 'Environment variable that holds the secret',
  issuer: 'Issuer of the OIDC provider (URL)',
  clientId: 'Client id',
  username: 'User name',
};
/** What the usual variable of a secret ends in, where that is no token. */
const secretNames: Readonly<Partial<Record<AuthKind, string>>> = {
  password: 'PASSWORD',
  basic: 'PASSWORD',
  'client-credentials': 'CLIENT_SECRET',
};
const detailNames = ['variable', 'issuer', 'clientId', 'username'] as const satisfies readonly (keyof AuthDetails)[];
const flagNames: Readonly<Record<keyof AuthDetails, string>> = {
  variable: '--variable',
  issuer: '--issuer',
  clientId: '--client-id',
  username: '--username',
};

/** What is known of the API, and where the project goes. */
interface Findings {
  readonly contract: Contract;
  /** URL of the document, or absolute path of its file. */
  readonly location: string;
  readonly folder: string;
  /** Where its paths begin; undefined where nothing tells. */
  readonly server: string | undefined;
  readonly ask: Ask | undefined;
}

/**
 * The project in a folder. `ask` is undefined where nobody is there: then flags and the document decide.
 * @throws HarnessError `E_USAGE` for what neither tells
 */
export async function chooseProject(
  { settings, flags }: Pick<Invocation, 'settings' | 'flags'>,
  { contract, location, folder, server, ask }: Findings,
): Promise<Project> {
  const suggested = apiName(textOf(flags['name']) ?? contract.title);
  const name = flags['name'] === undefined && ask ? apiName(await ask.text('Name of the API', suggested)) : suggested;
  const baseUrl = settings.baseUrl === undefined && ask ? await ask.text('Where its paths begin (URL)', server ?? '') : server;
  if (baseUrl === undefined || !URL.canParse(baseUrl))
    throw new HarnessError('E_USAGE', 'nothing says where the API is', { hint: 'give --base-url' });
  const credential = givenCredential(settings.headers ?? [], contract);
  const given = {
    variable: textOf(flags['variable']),
    issuer: textOf(flags['issuer']),
    clientId: textOf(flags['clientId']),
    username: textOf(flags['username']) ?? credential?.username,
  };
  const kind = await chooseKind(flags['auth'] ?? kindOf(credential, contract), { contract, given, ask });
  assertTaken(kind, given, contract);
  const needed = neededDetails(kind, contract);
  const usual = {
    variable: variableOf(name, secretNames[kind] ?? 'TOKEN'),
    issuer: statedIssuer(contract),
  };
  const details: Record<keyof AuthDetails, string> = { variable: '', issuer: '', clientId: given.clientId ?? '', username: '' };
  for (const detail of needed) {
    const known = given[detail] ?? (detail === 'variable' || detail === 'issuer' ? usual[detail] : undefined);
    if (given[detail] === undefined && ask) details[detail] = await ask.text(questions[detail], known ?? '');
    else if (known !== undefined) details[detail] = known;
    else throw new HarnessError('E_USAGE', `--auth ${kind} needs ${flagNames[detail]}`);
  }
  return {
    name,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    document: isWebUrl(location) ? location : relative(folder, location),
    identity: identityOf(kind, details, contract, credential),
    variable: needed.includes('variable') ? details.variable : undefined,
    isModule: isModuleFolder(folder),
    hasLock: existsSync(join(folder, 'package-lock.json')),
    version: specproofVersion,
  };
}

/** The kind that a given credential is of; a user's name and password may be for a token, where the document says so. */
function kindOf(credential: ReturnType<typeof givenCredential>, contract: Contract): AuthKind | undefined {
  return credential?.kind === 'basic' && possibleKinds(contract).includes('password') && contract.securitySchemes.size > 0
    ? undefined
    : credential?.kind;
}

/** What flags say of the credential. */
type GivenDetails = Readonly<Record<keyof AuthDetails, string | undefined>>;

/** @throws HarnessError `E_USAGE` for a detail that the kind has no use for: left out in silence it would be missed late */
function assertTaken(kind: AuthKind, given: GivenDetails, contract: Contract): void {
  const useless = detailNames.find((detail) => given[detail] !== undefined && !takenDetails(kind, contract).includes(detail));
  if (useless === undefined) return;
  const others = authKinds.filter((other) => takenDetails(other, contract).includes(useless));
  throw new HarnessError('E_USAGE', `--auth ${kind} has no use for ${flagNames[useless]}`, {
    hint: `it is for --auth ${others.join(', ')}`,
  });
}

/** By the flag, or what somebody chooses; else the first kind that takes all other flags, and needs no more of them. */
async function chooseKind(
  flag: unknown,
  { contract, given, ask }: { readonly contract: Contract; readonly given: GivenDetails; readonly ask: Ask | undefined },
): Promise<AuthKind> {
  const kinds = possibleKinds(contract);
  const [first = 'none'] = kinds;
  const asked = (): Promise<string> | undefined =>
    ask?.choice(
      'How do you get in?',
      kinds.map((kind) => [kind, kindHints[kind]]),
    );
  const said = flag ?? (kinds.length === 1 ? first : await asked());
  if (said !== undefined) return unwrap('--auth', choice('kind of credential', authKinds)(said));
  const isSaid = (detail: keyof AuthDetails): boolean => detail === 'variable' || given[detail] !== undefined;
  const enough = kinds.filter((kind) => kind !== 'none' && neededDetails(kind, contract).every(isSaid));
  const wanted = detailNames.filter((detail) => given[detail] !== undefined);
  if (first === 'none' && wanted.length === 0) return first;
  return enough.find((kind) => wanted.every((detail) => neededDetails(kind, contract).includes(detail))) ?? enough[0] ?? first;
}

/** Whether Node takes a `.ts` file there for an ES module: a new manifest says so, one that is there has to. */
function isModuleFolder(folder: string): boolean {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return true;
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return isObject(manifest) && member(manifest, 'type') === 'module';
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
