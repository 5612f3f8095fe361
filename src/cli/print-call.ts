/** Prints a call instead of sending it: as curl, as a snippet for another client, or its body alone. Starts, sends and asks for nothing. */
import { HarnessError } from '../errors.ts';
import { authorize, placeCredentials } from '../requests/credentials.ts';
import { headerValue, type Exchange, type SentRequest } from '../requests/exchange.ts';
import { encodeStrict } from '../requests/percent-encode.ts';
import { tokenMark } from '../requests/redact.ts';
import { curlCommand } from '../requests/reproduce.ts';
import type { FormArgument } from '../requests/reproduce-multipart.ts';
import { openContract } from '../run/environment.ts';
import { openIdentities } from '../run/open-identities.ts';
import { chooseTarget } from '../run/open-target.ts';
import type { EnvironmentPlan } from '../run/plan-environment.ts';
import { buildCall, type Call } from './build-call.ts';
import type { FormField } from './call-body.ts';
import type { Invocation } from './command.ts';
import { layOut } from './show-body.ts';
import { isSnippetKind, renderSnippet, snippetKinds } from './snippets.ts';

/** What a call can be printed as. */
export const printKinds: readonly string[] = ['curl', ...snippetKinds, 'body'];

/** Where the stand-in will listen is not known: the command has it as $BASE. */
const unknownBase = 'http://embedded.invalid';

/**
 * Prints the call as the kind.
 * @throws HarnessError `E_USAGE` for a kind that there is not, or that cannot say what is sent; `E_OPTIONAL`
 */
export async function printCall(kind: string, plan: EnvironmentPlan, invocation: Invocation): Promise<number> {
  const { io } = invocation;
  if (!printKinds.includes(kind)) throw new HarnessError('E_USAGE', `--as knows no kind "${kind}"; there are ${printKinds.join(', ')}`);
  const { call, signed } = await signedCall(plan, invocation);
  if (kind === 'body') {
    if (signed.body === undefined) throw new HarnessError('E_USAGE', '--as body: the call has none', { hint: 'add --example' });
    const json = /\bjson\b/.test(headerValue(signed.headers, 'content-type') ?? '');
    io.stdout.write(json ? `${layOut(new TextDecoder().decode(signed.body))}\n` : signed.body);
    return 0;
  }
  const text = isSnippetKind(kind)
    ? await renderSnippet(kind, signed, call.fields, [
        { mark: tokenMark, name: 'TOKEN' },
        { mark: unknownBase, name: 'BASE' },
      ])
    : curlText(signed, call);
  io.stdout.write(`${text}\n`);
  return 0;
}

/** The call with a mark where its credential would be. */
async function signedCall(plan: EnvironmentPlan, invocation: Invocation): Promise<{ readonly call: Call; readonly signed: SentRequest }> {
  const opened = await openContract(plan);
  const { contract } = opened;
  const target = chooseTarget(plan, opened);
  const baseUrl = target.kind === 'embedded' ? unknownBase : target.baseUrl.replace(/\/+$/, '');
  // No token is asked for, so any issuer will do for one that only a running target has.
  const issuer = ('issuer' in target ? target.issuer : undefined) ?? 'http://127.0.0.1';
  const people = openIdentities(plan.settings, plan.environment, { contract, issuer, baseUrl, env: invocation.io.env });
  const call = await buildCall(invocation, { contract, baseUrl, headers: people.headers });
  const forms = (people.main === undefined ? undefined : people.identities.get(people.main))?.sources.map(({ form }) => form) ?? [];
  const placed = placeCredentials(contract, call.operation, forms, (form) => form);
  const signed = authorize(
    call.request,
    placed.map(({ held, scheme }) => ({ held: { ...held, secret: tokenMark }, scheme })),
  );
  // In a query or a cookie the mark was escaped.
  const bare = (text: string): string => text.replaceAll(encodeStrict(tokenMark), tokenMark);
  return { call, signed: { ...signed, url: bare(signed.url), headers: signed.headers.map(([name, value]) => [name, bare(value)]) } };
}

function curlText(request: SentRequest, { fields }: Call): string {
  const exchange: Exchange = {
    id: 'call',
    source: 'call',
    title: '',
    identity: undefined,
    request,
    response: undefined,
    fault: undefined,
    timing: { startedAt: 0, headers: undefined, total: 0 },
  };
  const files = fields?.some((field) => 'file' in field) === true;
  return curlCommand(exchange, { baseUrl: unknownBase, form: files ? fields.map(curlField) : undefined });
}

function curlField(field: FormField): FormArgument {
  if ('value' in field) return ['--form-string', `${field.name}=${field.value}`];
  const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  const called = field.fileName === undefined ? '' : `;filename=${quoted(field.fileName)}`;
  return ['-F', `${field.name}=@${quoted(field.file)}${called};type=${field.type ?? 'application/octet-stream'}`];
}
