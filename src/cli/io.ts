/** What a command may touch of the world: its streams, its environment, its folder. Tests give their own. */

/** A stream that takes text; process.stdout fits. */
export interface Output {
  readonly write: (text: string | Uint8Array) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Io {
  /** Results. */
  readonly stdout: Output;
  /** Progress, verdicts and errors. */
  readonly stderr: Output;
  readonly stdin?: AsyncIterable<Uint8Array | string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborted when the user wants to stop. */
  readonly signal?: AbortSignal;
}

/** Whether text on the stream is coloured: a terminal, unless the user or the environment says no. @see https://no-color.org */
export function usesColor(stream: Output, env: Io['env'], color: boolean | undefined): boolean {
  if (color === false || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return false;
  return stream.isTTY === true || (env['FORCE_COLOR'] ?? '0') !== '0';
}

/** Whether this runs unattended, as continuous integration says of itself. */
export function isUnattended(env: Io['env']): boolean {
  return (env['CI'] ?? '') !== '' && env['CI'] !== 'false';
}
