/** Starts a stand-in for a test and calls it; every answer is held against the contract on its way through. */
import { expect } from 'vitest';
import type { Json } from '../../../../src/lib/json.ts';
import type { Contract } from '../../../../src/spec/contract.ts';
import { embeddedTarget, type EmbeddedTarget, type EmbeddedTargetExtras } from '../../../../src/targets/embedded/embedded-target.ts';
import type { EmbeddedTargetOptions } from '../../../../src/targets/embedded/options.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  // a test reads what it expects to be there
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly json: any;
}

export interface Api {
  readonly target: EmbeddedTarget;
  readonly notes: readonly string[];
  readonly token: (client: string, scope?: string) => Promise<string>;
  /** Calls as a client, or without a token for undefined. */
  readonly call: (
    client: string | undefined,
    method: string,
    path: string,
    body?: Json | FormData,
    headers?: Record<string, string>,
  ) => Promise<Reply>;
}

export async function startApi(
  contract: Contract,
  options: Omit<EmbeddedTargetOptions, 'kind'>,
  extras: EmbeddedTargetExtras = {},
): Promise<Api> {
  const notes: string[] = [];
  const target = await embeddedTarget(contract, { kind: 'embedded', ...options }, { onProgress: (line) => notes.push(line), ...extras });
  const tokens = new Map<string, string>();
  const token = async (client: string, scope?: string): Promise<string> => {
    const form = new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) });
    const authorization = `Basic ${btoa(`${client}:${options.clients?.[client]?.secret ?? ''}`)}`;
    const response = await fetch(`${target.issuer}/token`, { method: 'POST', body: form, headers: { authorization } });
    expect(response.status).toBe(200);
    return ((await response.json()) as { access_token: string }).access_token;
  };
  const call: Api['call'] = async (client, method, path, body, headers = {}) => {
    const bearer = client === undefined ? undefined : (tokens.get(client) ?? (await token(client)));
    if (client !== undefined && bearer !== undefined) tokens.set(client, bearer);
    const isJson = body !== undefined && !(body instanceof FormData);
    const response = await fetch(target.baseUrl + path, {
      method,
      headers: {
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(isJson ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const json: unknown = response.headers.get('content-type')?.includes('json') === true ? JSON.parse(bytes.toString()) : undefined;
    expectPromised(contract, method, path, response, json);
    return { status: response.status, headers: response.headers, bytes, json };
  };
  return { target, notes, token, call };
}

/** An answer of a declared status must be of its schema. */
function expectPromised(contract: Contract, method: string, path: string, response: Response, json: unknown): void {
  const operation = contract.match(method, path.split('?')[0] ?? path);
  const declared = [String(response.status), 'default']
    .map((status) => operation?.responses.find((candidate) => candidate.status === status))
    .find(Boolean);
  if (declared === undefined) return;
  const type = response.headers.get('content-type');
  if (declared.content.length === 0) expect(type, `${method} ${path}: no body is declared`).toBeNull();
  const media = declared.content.find((candidate) => candidate.type === type);
  if (media?.schema !== undefined && json !== undefined)
    expect(contract.validators.validate(media.schema, json, 'response'), `${method} ${path}`).toEqual({ kind: 'valid' });
}
