/** Round trips of bytes: what is uploaded is downloaded byte for byte, from the path that it went to or that it made. Pure. */
import type { Json } from '../../lib/json.ts';
import { isSameBytes } from '../../lib/same-bytes.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { essence } from '../../lib/media-type.ts';
import { pathAfter } from '../../lib/names.ts';
import { shortHash } from '../../lib/short-hash.ts';
import { asFile, wholeFile } from '../../lib/whole-file.ts';
import type { MediaType, Operation } from '../../spec/contract.ts';
import { attempt } from '../steps/attempt.ts';
import type { Confidence, Conversation, Expectation, RequestPlan, Scenario } from '../case.ts';
import type { Entity } from '../steps/entity.ts';
import { cameOf, expectRefused, isAccepted } from '../expectations.ts';
import { readOf } from '../steps/look-back.ts';
import type { Planning } from '../planning.ts';
import { prepareRequest } from '../steps/prepare.ts';
import { createScope, type Scope } from '../steps/scope.ts';
import { toldAsReplaced } from '../writes/put-status.ts';
import { bodyOf, concat, isBinary, isText, itemPairs, pairs, saysFilesOnly, type Pair } from '../inference/upload-pairs.ts';

/** One scenario for each path that takes bytes and gives them back, there or under a path of their own. */
export function uploadScenarios(planning: Planning): Scenario[] {
  return [...pairs(planning), ...itemPairs(planning)].map((pair, index) => ({
    id: shortHash('stateful', pair.upload.id, 'bytes'),
    phase: 'stateful',
    title: `the bytes of ${pair.upload.path}`,
    about: [pair.upload.id, pair.download.id],
    size: 4,
    quiet: false,
    start: () => bytesKept(createScope(planning, 'stateful', 97_000 + index * 100), pair),
  }));
}

const every = Uint8Array.from({ length: 256 }, (_, value) => value);
const lines = new TextEncoder().encode('first\r\nsecond\nthird\rfourth \u00e9\u{1f52d}\t\r\n\r\n');

/** Any bytes, then behind a whole file of the type, then lines: what refuses the first may still take the next. Then other bytes in their place, and others elsewhere. */
function* bytesKept(scope: Scope, { upload, media, download }: Pair): Conversation {
  const request = yield* prepareRequest(scope, upload);
  if (!request) return;
  const any = concat([every, lines, every]);
  const file = wholeFile(media.type);
  const tries: readonly (readonly [string, Uint8Array])[] = [
    ...(isText(media) ? [] : [['every byte, twice', any] as const]),
    ...(file ? [['every byte, twice, behind a whole file', concat([file, any])] as const] : []),
    ['lines of three kinds', lines],
  ];
  for (const [what, bytes] of tries) {
    const body = bodyOf(scope.planning, media, request, bytes);
    const sure = file && bytes === any ? saysFilesOnly(scope.planning, upload) : undefined;
    const answer =
      body &&
      (yield* attempt(
        scope,
        { ...request, body },
        { title: `upload ${what}`, expectations: sure ? [noFileRefused(upload, media, sure)] : [] },
      ));
    if (!answer || !isAccepted(answer)) continue;
    const look: RequestPlan | undefined =
      download.path === upload.path
        ? { operation: download, parameters: request.parameters.filter((one) => one.in === 'path') }
        : readOf(scope.planning, request, answer);
    if (!look) return;
    const kept = [sameBytes(upload, download, bytes), ...sameType({ upload, media, download }, bytes)];
    const first = yield* attempt(scope, look, { title: `download ${what}`, expectations: kept });
    // a POST may keep what was there beside what comes
    if (isAccepted(first) && upload.method === 'PUT' && !isText(media))
      yield* replaced(scope, { upload, media, download }, { request, look, bytes });
    return;
  }
}

/** Uploads the parts of a thing that are bytes: what it tells of itself then is no longer what it was made with. */
export function* uploadParts(scope: Scope, entity: Entity): Conversation {
  for (const { upload, media } of pairs(scope.planning)) {
    if (upload.method !== 'PUT' || !/^[\w.-]+$/.test(pathAfter(entity.resource.item, upload.path) ?? '')) continue;
    scope.entities.set(entity.resource.item, entity);
    const request = yield* prepareRequest(scope, upload);
    const body = request && bodyOf(scope.planning, media, request, asFile(media.type, lines));
    if (body) yield* attempt(scope, { ...request, body }, { title: `upload a part of one of ${entity.resource.name}` });
  }
}

interface Uploaded {
  readonly request: RequestPlan;
  readonly look: RequestPlan;
  readonly bytes: Uint8Array;
}

/** Other bytes under the same path, in another type where one is declared, take the place of the first; those of another thing are no concern of theirs. */
function* replaced(scope: Scope, { upload, media: taken, download }: Pair, { request, look, bytes }: Uploaded): Conversation {
  const media = upload.requestBody?.content.find((one) => isBinary(one) && one !== taken) ?? taken;
  const content = contentOf(taken, bytes);
  const head = content === bytes ? new Uint8Array() : (wholeFile(media.type) ?? new Uint8Array());
  const other = concat([head, content.toReversed()]);
  const [second, third] = [other, concat([head, content.subarray(1)])].map((one) => bodyOf(scope.planning, media, request, one));
  if (!second || !third) return;
  const again = yield* attempt(scope, { ...request, body: second }, { title: 'upload other bytes', expectations: toldAsReplaced(upload) });
  if (!isAccepted(again)) return;
  const same = sameBytes(upload, download, other);
  const expectations = [same, ...sameType({ upload, media, download }, other)];
  const now = yield* attempt(scope, look, { title: 'download the other bytes', expectations });
  const elsewhere = yield* prepareRequest(createScope(scope.planning, scope.phase, scope.variant + 50), upload);
  const own = elsewhere && (yield* attempt(scope, { ...elsewhere, body: third }, { title: 'upload others to another one' }));
  if (!own || !isAccepted(own) || isSameJson(pathOf(elsewhere), pathOf(request)) || same.holds(now).kind !== 'kept') return;
  yield* attempt(scope, look, {
    title: 'download those of the first again',
    expectations: [{ ...same, check: 'others-untouched', why: `${upload.id} addressed another one` }],
  });
}

/** The words of the document refuse what is no file of the type. */
function noFileRefused({ id, pointer }: Operation, { type }: MediaType, confidence: Confidence): Expectation {
  const what = `bytes that are no ${essence(type)}`;
  return {
    ...expectRefused({ confidence, what, promise: pointer, topic: `${id} content` }),
    why: `the document says that ${what} are refused`,
  };
}

/** What stands behind a whole file of the type; all of it where it begins with none. */
function contentOf({ type }: MediaType, bytes: Uint8Array): Uint8Array {
  const file = wholeFile(type);
  return file && isSameBytes(bytes.subarray(0, file.length), file) ? bytes.subarray(file.length) : bytes;
}

function pathOf({ parameters }: RequestPlan): Json {
  return parameters.filter((one) => one.in === 'path').map(({ name, value }) => [name, value]);
}

function sameBytes(upload: Operation, download: Operation, bytes: Uint8Array): Expectation {
  const exact = download.responses.some(({ status, content }) => status.startsWith('2') && content.some(isBinary));
  return {
    check: 'written-read-back',
    // a text may be given back in another charset or with other line ends
    confidence: exact ? 'certain' : 'likely',
    why: `${upload.id} was accepted, and ${download.id} reads the same path`,
    promise: download.pointer,
    topic: `${download.id} bytes`,
    holds: (answer) => {
      if (!isAccepted(answer)) return { kind: 'cannot-judge', reason: 'the bytes could not be downloaded' };
      const at = answer.bytes.findIndex((byte, index) => byte !== bytes[index]);
      if (at < 0 && answer.bytes.length === bytes.length) return { kind: 'kept' };
      const place = at < 0 ? `the end, byte ${Math.min(answer.bytes.length, bytes.length)}` : `byte ${at}`;
      return {
        kind: 'broken',
        message: `${bytes.length} bytes were written, ${answer.bytes.length} are read, and they part at ${place}`,
        where: 'response.body',
        came: cameOf({ ...answer, json: undefined }),
      };
    },
  };
}

/** Bytes that come back as they went are of the type that they were sent in, where both operations declare several: none where they do not. */
function sameType({ upload, media, download }: Pair, bytes: Uint8Array): Expectation[] {
  const sent = essence(media.type);
  const given = download.responses
    .filter(({ status }) => status.startsWith('2'))
    .flatMap(({ content }) => content.map(({ type }) => essence(type)));
  const taken = upload.requestBody?.content.map(({ type }) => essence(type)) ?? [];
  if (!isBinary(media) || sent.includes('*') || !given.includes(sent)) return [];
  return [
    {
      check: 'written-read-back',
      confidence: 'certain',
      why: `${upload.id} was accepted with ${sent}, which ${download.id} declares too`,
      promise: download.pointer,
      topic: `${download.id} media type`,
      holds: (answer) => {
        const came = essence(answer.headers.get('content-type') ?? '');
        const isWhole = sameBytes(upload, download, bytes).holds(answer).kind === 'kept';
        // what is no type of an upload is told by `content-type-declared`
        if (!isWhole || !taken.includes(came) || came === sent) return { kind: 'open' };
        return {
          kind: 'broken',
          message: `what was uploaded as ${sent} is given back as ${came}`,
          where: 'response.headers.content-type',
          came: cameOf({ ...answer, json: undefined }),
        };
      },
    },
  ];
}
