import { execFile } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeFolder } from '../support/run-main.ts';
import { repository, runSpecproof } from '../support/run-specproof.ts';

/** The words that are offered after these, here in the checkout. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const { stdout } = await runSpecproof(['completion', 'complete', '--', ...words]);
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !/^:\d+$/.test(line))
    .map((line) => line.split('\t')[0] ?? '');
}

describe('completion', () => {
  it.each([
    { words: ['comp'], want: ['completion'] },
    { words: ['call', ''], want: ['GET', 'POST', 'job_script_get_list_job_scripts_get'] },
    { words: ['call', 'GET', '/job-sub'], want: ['/job-submissions', '/job-submissions/{job_submission_id}'] },
    { words: ['call', 'GET', '/job-scripts', '--as', ''], want: ['curl', 'httpx', 'fetch', 'httpie', 'body'] },
    { words: ['smoke', '--env', ''], want: ['embedded', 'staging'] },
    { words: ['call', '--'], want: ['--query', '--example', '--env'] },
    { words: ['completion', ''], want: ['bash', 'zsh', 'fish'] },
  ])('offers after $words what there is, $want among it', async ({ words, want }) => {
    expect(await offered(...words)).toEqual(expect.arrayContaining(want));
  });

  it('offers what a command takes, and nothing else', async () => {
    expect(await offered('call', 'DELETE', '/clusters')).toEqual(['/clusters/status/{client_id}']);
    expect(await offered('smoke', '--allow')).toEqual(['--allow-ref-host']);
    expect(await offered('run', '--timeout', '')).toEqual([]);
  });

  it('knows no shell but those', async () => {
    expect(await runSpecproof(['completion', 'powershel'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        'knows no shell "powershel", did you mean powershell?; there are bash, zsh, fish, powershell',
      ) as string,
    });
  });

  it('works in bash', async () => {
    const launcher = `#!/bin/sh\nexec "${process.execPath}" "${join(repository, 'bin/specproof.cjs')}" "$@"\n`;
    const bin = await makeFolder({ specproof: launcher });
    onTestFinished(bin.dispose);
    await chmod(join(bin.path, 'specproof'), 0o755);
    // What the package bash-completion gives a shell.
    const helper = '_get_comp_words_by_ref() { cur=${COMP_WORDS[COMP_CWORD]}; words=("${COMP_WORDS[@]}"); cword=$COMP_CWORD; }';
    const script = `${helper}; source <(specproof completion bash); complete -p specproof
      COMP_WORDS=(specproof call GET /job-script-templates/); COMP_CWORD=3; __specproof_complete; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const env = { ...process.env, PATH: `${bin.path}:${process.env['PATH']}` };
    const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: repository, env });
    expect(stdout.trimEnd().split('\n')).toEqual([
      'complete -F __specproof_complete specproof',
      '/job-script-templates/{id_or_identifier}',
      '/job-script-templates/{id_or_identifier}/upload/template/{file_name}',
      '/job-script-templates/{id_or_identifier}/upload/workflow',
    ]);
  });
});
