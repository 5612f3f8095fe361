#!/usr/bin/env node
'use strict';
// Starts specproof on a Node that can run it. Plain CommonJS for Node 18 and later; knows nothing of the program but its two entry files.

const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { constants } = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const root = path.dirname(__dirname);
// Set on the second start, so that a wrong Node in the place of the right one cannot loop.
const marker = 'SPECPROOF_RELAUNCHED';

function isRecentEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 15);
}

/** Path of the Node that this repository brings, or undefined where it was not installed. */
function ownNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const name = `node-${platform}-${process.arch}/package.json`;
  for (const from of [root, path.join(root, 'scripts', 'toolchain')]) {
    try {
      const file = path.join(path.dirname(require.resolve(name, { paths: [from] })), 'bin', program);
      if (existsSync(file)) return file;
    } catch {
      // Not installed there.
    }
  }
  return undefined;
}

function relaunch(node) {
  const child = spawn(node, [...process.execArgv, __filename, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, [marker]: '1' },
  });
  const forward = (signal) => {
    // A terminal's Ctrl-C reaches the child by itself: sent again it would count as the second one, which kills.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
  child.once('error', (error) => {
    process.stderr.write(`specproof: ${node} cannot be started: ${error.message}\n`);
    process.exitCode = 2;
  });
  child.once('exit', (code, signal) => {
    process.exitCode = code === null ? 128 + (constants.signals[signal] || 0) : code;
    if (signal === null) return;
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function start() {
  require('node:module').enableCompileCache();
  // Type stripping does not work under node_modules, where only the built files are.
  const installed = __dirname.split(path.sep).includes('node_modules') || !existsSync(path.join(root, 'src', 'cli', 'bin.ts'));
  const entry = installed ? path.join(root, 'dist', 'cli', 'bin.js') : path.join(root, 'src', 'cli', 'bin.ts');
  import(pathToFileURL(entry).href).catch((error) => {
    process.stderr.write(`${error && error.stack ? error.stack : error}\n`);
    process.exitCode = 70;
  });
}

if (isRecentEnough(process.versions.node)) {
  start();
} else {
  const node = process.env[marker] ? undefined : ownNode();
  if (node === undefined) {
    process.stderr.write(
      `specproof: Node.js ${process.versions.node} is too old: install Node.js 24.15 or newer, or in a checkout run npm ci with optional packages.\n`,
    );
    process.exitCode = 2;
  } else {
    relaunch(node);
  }
}
