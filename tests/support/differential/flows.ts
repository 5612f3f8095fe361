/** The fixed flows of Jobbergate's clients (people, the agent of a cluster, Prometheus) as scenarios, beside the generated ones. */
import type { Answer, BodyValue, Conversation, Credentials, ParameterValue, Scenario } from '../../../src/cases/case.ts';
import { makeCase, send } from '../../../src/cases/planning.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { shortHash } from '../../../src/lib/short-hash.ts';
import type { Contract } from '../../../src/spec/contract.ts';

interface Call {
  readonly path?: JsonObject;
  readonly query?: JsonObject;
  readonly json?: Json;
  /** Text of the one file of a multipart form. */
  readonly file?: string;
  readonly bytes?: Uint8Array;
  /** Name of the identity, or `nobody at all` for none; the main one by default. */
  readonly as?: string;
}

/** Sends `METHOD /path/template` and gives back its answer. */
type Caller = (operation: string, call?: Call) => Conversation<Answer>;

/** The flows as scenarios. */
export function flows(contract: Contract): readonly Scenario[] {
  return Object.entries(conversations).map(([title, talk]) => ({
    id: shortHash('flow', title),
    phase: 'stateful',
    title: `flow ${title}`,
    about: [],
    size: 20,
    quiet: false,
    start: () => talk(callerFor(contract)),
  }));
}

function callerFor(contract: Contract): Caller {
  let count = 0;
  return (id, call = {}) => {
    const operation = contract.operations.find((one) => one.id === id);
    if (operation === undefined) throw new TypeError(`the document has no ${id}`);
    const parameters = (['path', 'query'] as const).flatMap((place) =>
      Object.entries(call[place] ?? {}).map(([name, value]): ParameterValue => ({ name, in: place, value })),
    );
    const body = bodyOf(call);
    const credentials: Credentials =
      call.as === undefined ? { kind: 'main' } : call.as === anonymous ? { kind: 'none' } : { kind: 'identity', name: call.as };
    const title = `step ${++count} as ${call.as ?? 'the main identity'}`;
    const request = { operation, parameters, ...(body !== undefined && { body }) };
    return send(makeCase({ phase: 'stateful', title, intent: 'probe', request, credentials }));
  };
}

const anonymous = 'nobody at all';

function bodyOf({ json, file, bytes }: Call): BodyValue | undefined {
  if (json !== undefined) return { mediaType: 'application/json', value: json };
  if (file !== undefined) return { mediaType: 'multipart/form-data', value: { upload_file: file } };
  return bytes && { mediaType: 'application/octet-stream', raw: bytes };
}

function idOf({ json }: Answer): Json {
  return (isObject(json) ? json['id'] : undefined) ?? 0;
}

const script = '#!/bin/bash\necho {{ data.word }}\n';
const cluster = 'local-slurm';
const slurm = { slurm_job_id: 4711, slurm_job_state: 'PENDING', slurm_job_info: 'JobState=PENDING', slurm_job_state_reason: 'Priority' };
const agent = 'agent';

const templates = '/job-script-templates';
const template = `${templates}/{id_or_identifier}`;
const scripts = '/job-scripts';
const oneScript = `${scripts}/{job_script_id}`;
const submissions = '/job-submissions';
const oneSubmission = `${submissions}/{job_submission_id}`;

function* runnableScript(call: Caller): Conversation<JsonObject> {
  const path = { job_script_id: idOf(yield* call(`POST ${scripts}`, { json: { name: 'runnable' } })) };
  yield* call(`PUT ${oneScript}/upload/{file_type}`, {
    path: { ...path, file_type: 'ENTRYPOINT' },
    query: { filename: 'run.sh' },
    file: script,
  });
  return path;
}

function* submitted(call: Caller, job_script_id: Json, client_id: string = cluster): Conversation<JsonObject> {
  const answer = yield* call(`POST ${submissions}`, { json: { name: 'submission', job_script_id, client_id } });
  return { job_submission_id: idOf(answer) };
}

function* agentLists(call: Caller): Conversation {
  yield* call(`GET ${submissions}/agent/pending`, { as: agent });
  yield* call(`GET ${submissions}/agent/active`, { as: agent });
}

const conversations: Readonly<Record<string, (call: Caller) => Conversation>> = {
  *'a template is written, rendered and removed'(call) {
    const made = yield* call(`POST ${templates}`, {
      json: { name: 'flow', identifier: 'flow-template', template_vars: { data: { word: 'default' } } },
    });
    const path = { id_or_identifier: idOf(made) };
    yield* call(`POST ${templates}`, { json: { name: 'twice', identifier: 'flow-template' } });
    yield* call(`GET ${templates}`);
    yield* call(`PUT ${template}/upload/template/{file_type}`, {
      path: { ...path, file_type: 'ENTRYPOINT' },
      query: { filename: 'run.sh.j2' },
      file: script,
    });
    yield* call(`GET ${template}`, { path: { id_or_identifier: 'flow-template' } });
    yield* call(`GET ${template}/upload/template/{file_name}`, { path: { ...path, file_name: 'run.sh.j2' } });
    yield* call(`GET ${template}/upload/workflow`, { path });
    const clone = yield* call(`POST ${templates}/clone/{id_or_identifier}`, { path, json: { name: 'copy' } });
    yield* call(`GET ${template}`, { path: { id_or_identifier: idOf(clone) } });
    const rendered = yield* call(`POST ${scripts}/render-from-template/{id_or_identifier}`, {
      path,
      json: {
        create_request: { name: 'rendered' },
        render_request: {
          template_output_name_mapping: { 'run.sh.j2': 'run.sh' },
          sbatch_params: ['--partition=compute'],
          param_dict: { data: { word: 'rendered' } },
        },
      },
    });
    const own = { job_script_id: idOf(rendered) };
    yield* call(`GET ${oneScript}`, { path: own });
    yield* call(`GET ${oneScript}/upload/{file_name}`, { path: { ...own, file_name: 'run.sh' } });
    yield* call(`GET ${scripts}`, { query: { from_job_script_template_id: idOf(made) } });
    yield* call(`DELETE ${oneScript}`, { path: own });
    yield* call(`DELETE ${template}`, { path: { id_or_identifier: idOf(clone) } });
    yield* call(`DELETE ${template}/upload/template/{file_name}`, { path: { ...path, file_name: 'run.sh.j2' } });
    yield* call(`GET ${template}`, { path });
    yield* call(`DELETE ${template}`, { path });
    yield* call(`GET ${template}`, { path });
  },

  *'an agent takes a submission through Slurm'(call) {
    const own = yield* runnableScript(call);
    const path = yield* submitted(call, own['job_script_id'] ?? 0);
    const id = path['job_submission_id'] ?? 0;
    yield* agentLists(call);
    yield* call(`POST ${submissions}/agent/submitted`, { json: { id, ...slurm }, as: agent });
    yield* agentLists(call);
    yield* call(`GET ${oneSubmission}`, { path });
    yield* call(`POST ${submissions}/agent/submitted`, { json: { id, ...slurm }, as: agent });
    yield* call(`PUT ${submissions}/agent/{job_submission_id}`, { path, json: { ...slurm, slurm_job_id: 4712 }, as: agent });
    yield* call(`PUT ${submissions}/agent/{job_submission_id}`, { path, json: { ...slurm, slurm_job_state: 'RUNNING' }, as: agent });
    yield* call(`PUT ${submissions}/agent/{job_submission_id}`, { path, json: { ...slurm, slurm_job_state: 'COMPLETED' }, as: agent });
    yield* call(`GET ${oneSubmission}`, { path });
    yield* agentLists(call);
    yield* call(`GET ${oneSubmission}/progress`, { path });
    yield* call(`GET ${submissions}`, { query: { slurm_job_ids: '4711' } });
    yield* call(`DELETE ${oneSubmission}`, { path });
    yield* call(`DELETE ${oneScript}`, { path: own });
  },

  *'submissions are rejected, cancelled, cloned'(call) {
    const own = yield* runnableScript(call);
    const first = yield* submitted(call, own['job_script_id'] ?? 0);
    const rejection = { id: first['job_submission_id'] ?? 0, report_message: 'invalid partition' };
    yield* call(`POST ${submissions}/agent/rejected`, { json: rejection, as: agent });
    yield* call(`GET ${oneSubmission}`, { path: first });
    yield* call(`POST ${submissions}/agent/rejected`, { json: rejection, as: agent });
    const second = yield* submitted(call, own['job_script_id'] ?? 0);
    yield* call(`PUT ${submissions}/cancel/{job_submission_id}`, { path: second });
    yield* call(`PUT ${submissions}/cancel/{job_submission_id}`, { path: second });
    yield* call(`GET ${oneSubmission}/progress`, { path: second });
    const clone = yield* call(`POST ${submissions}/clone/{job_submission_id}`, { path: second });
    yield* call(`GET ${oneSubmission}`, { path: { job_submission_id: idOf(clone) } });
    const elsewhere = yield* submitted(call, own['job_script_id'] ?? 0, 'another-cluster');
    yield* call(`POST ${submissions}/agent/rejected`, {
      json: { id: elsewhere['job_submission_id'] ?? 0, report_message: 'not mine' },
      as: agent,
    });
    yield* agentLists(call);
    yield* call(`GET ${submissions}`, { query: { from_job_script_id: own['job_script_id'] ?? 0 } });
    yield* call(`GET ${submissions}`, { query: { from_job_script_id: own['job_script_id'] ?? 0, submit_status: 'REJECTED' } });
    for (const path of [first, second, { job_submission_id: idOf(clone) }, elsewhere]) yield* call(`DELETE ${oneSubmission}`, { path });
    const empty = yield* call(`POST ${scripts}`, { json: { name: 'without an entrypoint' } });
    yield* call(`POST ${submissions}`, { json: { name: 'empty', job_script_id: idOf(empty), client_id: cluster } });
    yield* call(`DELETE ${oneScript}`, { path: { job_script_id: idOf(empty) } });
    yield* call(`DELETE ${oneScript}`, { path: own });
  },

  *'files are named, renamed, replaced'(call) {
    const path = { job_script_id: idOf(yield* call(`POST ${scripts}`, { json: { name: 'files' } })) };
    const slot = { ...path, file_type: 'SUPPORT' };
    const upload = `PUT ${oneScript}/upload/{file_type}`;
    yield* call(upload, { path: slot, query: { filename: 'old.txt' }, file: 'kept' });
    yield* call(upload, { path: slot, query: { filename: 'new.txt', previous_filename: 'old.txt' } });
    yield* call(upload, { path: slot, query: { filename: 'new.txt', previous_filename: 'never.txt' } });
    yield* call(upload, { path: slot });
    yield* call(upload, { path: slot, query: { filename: 'broken.py' }, file: 'def broken(:\n' });
    yield* call(upload, { path: { ...path, file_type: 'ENTRYPOINT' }, query: { filename: 'a.sh' }, file: script });
    yield* call(upload, { path: { ...path, file_type: 'ENTRYPOINT' }, query: { filename: 'b.sh' }, file: script });
    for (const file_name of ['old.txt', 'new.txt']) yield* call(`GET ${oneScript}/upload/{file_name}`, { path: { ...path, file_name } });
    yield* call(`GET ${oneScript}`, { path });
    yield* call(`DELETE ${oneScript}/upload/{file_name}`, { path: { ...path, file_name: 'new.txt' } });
    yield* call(`DELETE ${oneScript}/upload/{file_name}`, { path: { ...path, file_name: 'new.txt' } });
    const clone = yield* call(`POST ${scripts}/clone/{job_script_id}`, { path, json: { name: 'copy' } });
    yield* call(`DELETE ${oneScript}`, { path: { job_script_id: idOf(clone) } });
    yield* call(`DELETE ${oneScript}`, { path });
  },

  *'lists are searched, sorted and narrowed'(call) {
    const ids: Json[] = [];
    for (const name of ['b', 'c', 'a']) ids.push(idOf(yield* call(`POST ${scripts}`, { json: { name, description: `letter ${name}` } })));
    for (const query of [
      { sort_field: 'name' },
      { sort_field: 'name', sort_ascending: false },
      { sort_field: 'colour' },
      { search: 'letter' },
      { search: 'nothing like it' },
      { user_only: true },
      { page: 2, size: 2 },
      { page: 9 },
    ])
      yield* call(`GET ${scripts}`, { query });
    yield* call(`GET ${scripts}`, { query: { user_only: true }, as: 'other' });
    yield* call(`PUT ${oneScript}`, { path: { job_script_id: ids[0] ?? 0 }, json: { is_archived: true } });
    yield* call(`GET ${scripts}`);
    yield* call(`GET ${scripts}`, { query: { include_archived: true } });
    for (const id of ids) yield* call(`DELETE ${oneScript}`, { path: { job_script_id: id } });
  },

  *'a cluster reports and is forgotten'(call) {
    yield* call('PUT /clusters/status', { query: { interval: 120 }, as: agent });
    yield* call('GET /clusters/status/{client_id}', { path: { client_id: cluster } });
    yield* call('GET /clusters/status');
    yield* call('DELETE /clusters/status/{client_id}', { path: { client_id: cluster } });
    yield* call('GET /clusters/status/{client_id}', { path: { client_id: cluster } });
    yield* call('DELETE /clusters/status/{client_id}', { path: { client_id: cluster } });
  },

  *'those who may less try it all the same'(call) {
    const path = { job_script_id: idOf(yield* call(`POST ${scripts}`, { json: { name: 'mine' } })) };
    for (const as of ['reader', 'other', 'nobody', agent, anonymous]) {
      yield* call(`GET ${scripts}`, { as });
      yield* call(`GET ${oneScript}`, { path, as });
      yield* call(`PUT ${oneScript}`, { path, json: { name: 'taken over' }, as });
      yield* call(`DELETE ${oneScript}/upload/{file_name}`, { path: { ...path, file_name: 'x' }, as });
      yield* call('GET /clusters/status', { as });
      yield* call('GET /metrics/health', { as });
    }
    yield* call(`DELETE ${oneScript}`, { path, as: 'other' });
    yield* call(`DELETE ${oneScript}`, { path, as: agent });
    yield* call(`DELETE ${oneScript}`, { path });
    const own = { job_script_id: idOf(yield* call(`POST ${scripts}`, { json: { name: 'theirs' }, as: 'other' })) };
    yield* call(`PUT ${oneScript}`, { path: own, json: { description: 'seen to' } });
    yield* call(`DELETE ${oneScript}`, { path: own, as: 'other' });
  },

  *'measurements are uploaded and read'(call) {
    const own = yield* runnableScript(call);
    const path = yield* submitted(call, own['job_script_id'] ?? 0);
    const id = path['job_submission_id'] ?? 0;
    yield* call(`GET ${oneSubmission}/metrics`, { path });
    yield* call(`GET ${oneSubmission}/metrics/timestamps`, { path });
    yield* call(`POST ${submissions}/agent/submitted`, { json: { id, ...slurm, slurm_job_state: 'RUNNING' }, as: agent });
    yield* call(`GET ${submissions}/agent/metrics/{job_submission_id}`, { path, as: agent });
    yield* call(`PUT ${submissions}/agent/metrics/{job_submission_id}`, { path, bytes: new Uint8Array([0x91, 0x91, 0x01]), as: agent });
    for (const name of ['templates', 'health', 'submissions']) yield* call(`GET /metrics/${name}`);
    yield* call(`DELETE ${oneSubmission}`, { path });
    yield* call(`DELETE ${oneScript}`, { path: own });
  },
};
