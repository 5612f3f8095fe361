import { describe, expect } from 'vitest';
import { realTest, test, uniqueName } from './fixtures.ts';

describe('a job script', () => {
  test('is created, found, changed and deleted', async ({ api }) => {
    const name = uniqueName('life');
    const created = await api.post('/job-scripts', { body: { name, description: 'a first text' }, expect: 201 });
    const path = { job_script_id: created.body.id };
    expect(created.body).toMatchObject({ name, description: 'a first text', is_archived: false });

    const read = await api.get('/job-scripts/{job_script_id}', { path, expect: 200 });
    expect(read.body).toMatchObject({ id: created.body.id, name, owner_email: created.body.owner_email });

    const changed = await api.put('/job-scripts/{job_script_id}', { path, body: { description: 'another text' }, expect: 200 });
    expect(changed.body).toMatchObject({ name, description: 'another text' });

    await api.delete('/job-scripts/{job_script_id}', { path, expect: 204 });
    await api.get('/job-scripts/{job_script_id}', { path, expect: 404 });
    await api.delete('/job-scripts/{job_script_id}', { path, expect: 404 });
  });

  test('needs a name', async ({ api }) => {
    // @ts-expect-error the name is what is missing
    await api.post('/job-scripts', { body: { description: 'nameless' }, expect: 422 });
  });

  test('has a name of 255 characters at most', async ({ api }) => {
    await api.post('/job-scripts', { body: { name: 'n'.repeat(256) }, expect: 422 });
  });

  test('of an unknown id is not found', async ({ api }) => {
    const path = { job_script_id: 2_147_483_647 };
    await api.get('/job-scripts/{job_script_id}', { path, expect: 404 });
    await api.put('/job-scripts/{job_script_id}', { path, body: { name: 'x' }, expect: 404 });
  });

  test('can be put away: only lists that ask for it show it', async ({ api, script }) => {
    await api.put('/job-scripts/{job_script_id}', { path: { job_script_id: script.id }, body: { is_archived: true }, expect: 200 });
    const query = { search: script.name };
    const usual = await api.get('/job-scripts', { query, expect: 200 });
    expect(usual.body.total).toBe(0);
    const all = await api.get('/job-scripts', { query: { ...query, include_archived: true }, expect: 200 });
    expect(all.body.items.map(({ id }) => id)).toEqual([script.id]);
  });

  test('can be cloned with its files', async ({ api, runnable }) => {
    const name = uniqueName('clone');
    const clone = await api.post('/job-scripts/clone/{job_script_id}', {
      path: { job_script_id: runnable.id },
      body: { name },
      expect: 201,
    });
    const path = { job_script_id: clone.body.id };
    expect(clone.body).toMatchObject({ name, cloned_from_id: runnable.id, files: [{ filename: 'run.sh', file_type: 'ENTRYPOINT' }] });
    const file = await api.get('/job-scripts/{job_script_id}/upload/{file_name}', { path: { ...path, file_name: 'run.sh' }, expect: 200 });
    expect(Buffer.from(file.bytes).toString()).toContain('#SBATCH --job-name=specproof');
    await api.delete('/job-scripts/{job_script_id}', { path, expect: 204 });
  });

  realTest('can be rendered from a template', async ({ api, template }) => {
    await api.put('/job-script-templates/{id_or_identifier}/upload/template/{file_type}', {
      path: { id_or_identifier: String(template.id), file_type: 'ENTRYPOINT' },
      body: { upload_file: new File(['#!/bin/bash\necho {{ data.word }}\n'], 'run.sh.j2') },
      expect: 200,
    });
    const rendered = await api.post('/job-scripts/render-from-template/{id_or_identifier}', {
      path: { id_or_identifier: String(template.identifier) },
      body: {
        create_request: { name: uniqueName('rendered') },
        render_request: {
          template_output_name_mapping: { 'run.sh.j2': 'run.sh' },
          sbatch_params: ['--partition=compute'],
          param_dict: { data: { word: 'rendered' } },
        },
      },
      expect: 201,
    });
    const path = { job_script_id: rendered.body.id };
    expect(rendered.body).toMatchObject({ parent_template_id: template.id, files: [{ filename: 'run.sh', file_type: 'ENTRYPOINT' }] });
    const file = await api.get('/job-scripts/{job_script_id}/upload/{file_name}', { path: { ...path, file_name: 'run.sh' }, expect: 200 });
    const text = Buffer.from(file.bytes).toString();
    expect(text).toContain('echo rendered');
    expect(text).toContain('#SBATCH --partition=compute');
    const list = await api.get('/job-scripts', { query: { from_job_script_template_id: template.id }, expect: 200 });
    expect(list.body.items.map(({ id }) => id)).toEqual([rendered.body.id]);
    await api.delete('/job-scripts/{job_script_id}', { path, expect: 204 });
  });
});
