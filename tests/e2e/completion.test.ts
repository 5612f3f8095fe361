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
    { words: ['run', '--operation', '/job-sub'], want: ['/job-submissions', '/job-submissions/{job_submission_id}'] },
    { words: ['run', '--skip-operation', 'job_script_get_l'], want: ['job_script_get_list_job_scripts_get'] },
    { words: ['run', '--phases', ''], want: ['examples', 'stateful'] },
    { words: ['run', '--only', 'ne'], want: ['newman'] },
    { words: ['run', '--fail-on', ''], want: ['certain', 'likely', 'unsure'] },
    { words: ['run', '--skip-check', 'status-'], want: ['status-declared'] },
    { words: ['call', '--'], want: ['--query', '--example', '--env'] },
    { words: ['completion', ''], want: ['bash', 'zsh', 'fish'] },
  ])('offers after $words what there is, $want among it', async ({ words, want }) => {
    expect(await offered(...words)).toEqual(expect.arrayContaining(want));
  });

  it('offers what a command takes, and nothing else', async () => {
    expect(await offered('call', 'DELETE', '/clusters')).toEqual(['/clusters/status/{client_id}']);
    expect(await offered('smoke', '--allow')).toEqual(['--allow-ref-host']);
    expect(await offered('run', '--timeout', '')).toEqual([]);
    expect(await offered('run', '--phases', 'examples,stateful,examples,ra')).toEqual(['examples,stateful,examples,random']);
    expect(await offered('run', '--only', 'tests,')).toEqual(['tests,contract', 'tests,generated', 'tests,newman']);
  });

  it('knows no shell but those', async () => {
    expect(await runSpecproof(['completion', 'powershel'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        'knows no shell "powershel", did you mean powershell?; there are bash, zsh, fish, powershell',
      ) as string,
    });
  });

  it('leaves it to the shell to offer files where nothing is known', async () => {
    expect((await runSpecproof(['completion', 'complete', '--', 'run', 'open'])).stdout).toBe(':0\n');
    expect((await runSpecproof(['completion', 'complete', '--', 'run', '--report', 'junit=re'])).stdout).toBe(':0\n');
    expect((await runSpecproof(['completion', 'complete', '--', 'comp'])).stdout).toMatch(/^completion\t.*\n:4\n$/);
  });

  it('leaves no space where a value belongs to the word', async () => {
    expect((await runSpecproof(['completion', 'complete', '--', 'run', '--report', 'ju'])).stdout).toBe('junit=\t\n:6\n');
  });

  it('works in bash', async () => {
    // What the package bash-completion gives a shell.
    const helper = '_get_comp_words_by_ref() { cur=${COMP_WORDS[COMP_CWORD]}; words=("${COMP_WORDS[@]}"); cword=$COMP_CWORD; }';
    const script = `${helper}; source <(specproof completion bash); source <(specproof completion bash) 2>&1; complete -p specproof
      COMP_WORDS=(specproof call GET /job-script-templates/); COMP_CWORD=3; __specproof_complete; printf '%s\\n' "\${COMPREPLY[@]}"`;
    expect((await inShell('bash', '-c', script)).trimEnd().split('\n')).toEqual([
      'complete -o default -F __specproof_complete specproof',
      '/job-script-templates/{id_or_identifier}',
      '/job-script-templates/{id_or_identifier}/upload/template/{file_name}',
      '/job-script-templates/{id_or_identifier}/upload/workflow',
    ]);
  });

  it('works in fish', async () => {
    const complete = (line: string): Promise<string> =>
      inShell('fish', '--no-config', '-c', `specproof completion fish | source; complete -C '${line}'`);
    expect(await complete('specproof call GET /job-script-templates/')).toMatch(/^\/job-script-templates\/\{id_or_identifier\}\t/m);
    expect(await complete('specproof run --cacert ./READ')).toBe('./README.md\n');
  });

  it('works in zsh', async () => {
    // A terminal of its own, in which the tab key is pressed.
    const script = `zmodload zsh/zpty; zpty z 'TERM=dumb zsh -f -i'
      zpty -w z "PS1='> '; stty cols 200; autoload -Uz compinit; compinit -u -D; source <(specproof completion zsh); print READ''Y"
      zpty -r z line '*READY*'
      zpty -w -n z $'specproof call DELETE /clust\\t'; zpty -r z line '*status/*'; print -r -- "$line"
      zpty -w -n z $'\\x15specproof run --cacert ./READ\\t'; zpty -r z line '*README.md*'; print -r -- "$line"`;
    const said = await inShell('zsh', '-f', '-c', script);
    expect(said).toContain('specproof call DELETE /clusters/status/');
    expect(said).toContain('./README.md');
  });
});

/** What a shell prints that finds `specproof` on its path. */
async function inShell(shell: string, ...args: readonly string[]): Promise<string> {
  const launcher = `#!/bin/sh\nexec "${process.execPath}" "${join(repository, 'bin/specproof.cjs')}" "$@"\n`;
  const bin = await makeFolder({ specproof: launcher });
  onTestFinished(bin.dispose);
  await chmod(join(bin.path, 'specproof'), 0o755);
  const env = { ...process.env, PATH: `${bin.path}:${process.env['PATH']}` };
  const { stdout } = await promisify(execFile)(shell, args, { cwd: repository, env, timeout: 60_000 });
  return stdout;
}
