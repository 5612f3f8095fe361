/** Opens a page in the user's browser where there is one; says nothing when that fails: the page's address is printed anyway. */
import { spawn } from 'node:child_process';
import { platform } from 'node:os';

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Starts the platform's opener and leaves it to itself. */
export function openBrowser(url: string): void {
  const [program, ...words] = openers[platform()] ?? ['xdg-open'];
  const child = spawn(program, [...words, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
