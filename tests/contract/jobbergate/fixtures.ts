/** The test functions of the Jobbergate suites, and things that a test may ask for: each is made for it and removed after it. */
import { randomUUID } from 'node:crypto';
import { apiTest, needs, type ApiFixtures } from 'specproof/vitest';
import type { TestAPI } from 'vitest';
import type { components, paths } from '../../../specs/jobbergate/types.ts';

export type JobScript = components['schemas']['JobScriptBaseView'];
export type Template = components['schemas']['JobTemplateBaseDetailedView'];
export type Submission = components['schemas']['JobSubmissionDetailedView'];

interface Things {
  /** A job script of the administrator's, without files. */
  readonly script: JobScript;
  /** A job script with one entrypoint file: it can be submitted. */
  readonly runnable: JobScript;
  /** A template of the administrator's, without files. */
  readonly template: Template;
  /** A submission of `runnable` to the cluster `local-slurm`. */
  readonly submission: Submission;
}

/** The cluster whose agent the identity `agent` is. */
export const cluster = 'local-slurm';

/** What `runnable` runs. */
export const entrypoint = '#!/bin/bash\n#SBATCH --job-name=specproof\necho "grüße"\n';

/** A name that no other test uses. */
export function uniqueName(what: string): string {
  return `specproof-${what}-${randomUUID().slice(0, 8)}`;
}

export const test: TestAPI<ApiFixtures<paths> & Things> = apiTest<paths>().extend<Things>({
  script: async ({ api }, use) => {
    const { body } = await api.post('/job-scripts', { body: { name: uniqueName('script') }, expect: 201 });
    await use(body);
    await api.delete('/job-scripts/{job_script_id}', { path: { job_script_id: body.id } });
  },
  runnable: async ({ api }, use) => {
    const { body } = await api.post('/job-scripts', { body: { name: uniqueName('runnable') }, expect: 201 });
    await api.put('/job-scripts/{job_script_id}/upload/{file_type}', {
      path: { job_script_id: body.id, file_type: 'ENTRYPOINT' },
      body: { upload_file: new File([entrypoint], 'run.sh', { type: 'text/x-shellscript' }) },
      expect: 200,
    });
    // The API answers before its transaction ends, and a submission without its script's file cannot be asked for twice.
    await api.get('/job-scripts/{job_script_id}/upload/{file_name}', {
      path: { job_script_id: body.id, file_name: 'run.sh' },
      expect: 200,
    });
    await use(body);
    await api.delete('/job-scripts/{job_script_id}', { path: { job_script_id: body.id } });
  },
  template: async ({ api }, use) => {
    const name = uniqueName('template');
    const { body } = await api.post('/job-script-templates', { body: { name, identifier: name }, expect: 201 });
    await use(body);
    await api.delete('/job-script-templates/{id_or_identifier}', { path: { id_or_identifier: String(body.id) } });
  },
  submission: async ({ api, runnable }, use) => {
    const { body } = await api.post('/job-submissions', {
      body: { name: uniqueName('submission'), job_script_id: runnable.id, client_id: cluster },
      expect: 201,
    });
    await use(body);
    await api.delete('/job-submissions/{job_submission_id}', { path: { job_submission_id: body.id } });
  },
});

/** For what the contract cannot say and the stand-in therefore cannot do. */
export const realTest: typeof test = needs(test, 'real');
