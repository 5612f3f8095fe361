/** Peers that are libraries of others: each is a program that reads the question and writes its words. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { Peer, Question } from './peer.ts';

/** Milliseconds without a word until a program is taken to be lost in an answer. */
const patience = 30_000;

/** The words that a program writes, one a line; where it is lost it is started again behind that answer. */
async function ask(command: string, args: readonly string[], question: Question): Promise<readonly (string | undefined)[]> {
  const words: (string | undefined)[] = [];
  for (;;) {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.end(JSON.stringify({ ...question, from: words.length }));
    const complaints = text(child.stderr);
    const closed = once(child, 'close');
    let watchdog = setTimeout(() => child.kill('SIGKILL'), 2 * patience);
    for await (const line of createInterface(child.stdout)) {
      words.push((JSON.parse(line) as string | null) ?? undefined);
      clearTimeout(watchdog);
      watchdog = setTimeout(() => child.kill('SIGKILL'), patience);
    }
    clearTimeout(watchdog);
    if (words.length === question.paths.length) return words;
    const complained = await complaints;
    await closed;
    if (child.signalCode === null) throw new Error(/^\w*Error.*/m.exec(complained)?.[0] ?? complained.trim().split('\n').at(-1));
    console.error(`${question.dialect} ${args.at(0)?.split('/').at(-1)} is lost in an answer of ${question.paths[words.length]}`);
    words.push(undefined);
  }
}

export const schemathesis: Peer = (question) =>
  ask(join(question.cache, 'venv', 'bin', 'python'), [join(import.meta.dirname, 'ask_schemathesis.py')], question);

export const chai: Peer = (question) => ask(process.execPath, [join(import.meta.dirname, 'chai.mjs'), question.cache], question);
