/** Builds an image from a Dockerfile, unless one of the same content is there. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HarnessError } from '../../errors.ts';
import { linesHint } from '../last-lines.ts';
import { engineMessage, type Engine } from './engine.ts';
import type { ImageBuild } from './options.ts';
import type { Surroundings } from './surroundings.ts';

/** What the engine says while it builds. */
interface BuildLine {
  readonly stream?: string;
  readonly error?: string;
}

/**
 * Name of the image, which is made once for each content of folder and options, and stays.
 * Not through testcontainers: its builder never settles when the engine refuses, and keeps what the engine said to itself.
 * Throws HarnessError E_TARGET with the last lines of a build that fails, or when the folder cannot be read.
 */
export async function buildImage(
  name: string,
  { context, dockerfile = 'Dockerfile', args = {}, target }: ImageBuild,
  { engine, stopping, onProgress }: Surroundings,
): Promise<string> {
  const { dockerode } = engine.client.container;
  const said: string[] = [];
  const failed = (reason: string, cause?: unknown): HarnessError =>
    new HarnessError('E_TARGET', `the image of container ${name} could not be built: ${reason}`, { hint: linesHint(said), cause });
  const files = await listFiles(context).catch((error: unknown) => {
    throw failed(engineMessage(error), error);
  });
  const kind = basename(context)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  const tag = `specproof/${kind}:${await digest(context, files, JSON.stringify([dockerfile, args, target]))}`;
  const there = await dockerode.listImages({ filters: { reference: [tag] } });
  if (there.length > 0) return tag;
  onProgress(`${name}: building its image`);
  const steps = await dockerode
    .buildImage({ context, src: files }, { t: tag, dockerfile, buildargs: args, target, forcerm: true, abortSignal: stopping })
    .then((output) => followBuild(dockerode, output, said))
    .catch((error: unknown) => {
      throw failed(engineMessage(error), error);
    });
  const problem = steps.findLast(({ error }) => error !== undefined)?.error;
  if (problem !== undefined) throw failed(problem);
  return tag;
}

function followBuild(
  dockerode: Engine['client']['container']['dockerode'],
  output: NodeJS.ReadableStream,
  said: string[],
): Promise<readonly BuildLine[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly BuildLine[]>();
  dockerode.modem.followProgress(
    output,
    (error, lines: readonly BuildLine[]) => (error === null ? resolve(lines) : reject(error)),
    ({ stream }: BuildLine) => said.push(...(stream ?? '').split('\n').filter((line) => line.trim() !== '')),
  );
  return promise;
}

/** Paths of all files, relative to the folder, in one order on every machine. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

async function digest(folder: string, files: readonly string[], options: string): Promise<string> {
  const hash = createHash('sha256').update(options);
  for (const file of files) {
    hash.update(`\0${file}\0`);
    await pipeline(createReadStream(join(folder, file)), hash, { end: false });
  }
  return hash.digest('hex').slice(0, 16);
}
