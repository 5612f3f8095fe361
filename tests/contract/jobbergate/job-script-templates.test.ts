import { describe, expect } from 'vitest';
import { realTest, test, uniqueName } from './fixtures.ts';

describe('a job script template', () => {
  test('is created, found, changed and deleted', async ({ api }) => {
    const name = uniqueName('template');
    const created = await api.post('/job-script-templates', {
      body: { name, identifier: name, template_vars: { data: { nodes: 2 } } },
      expect: 201,
    });
    const path = { id_or_identifier: String(created.body.id) };
    expect(created.body).toMatchObject({ name, identifier: name, template_vars: { data: { nodes: 2 } } });
    const changed = await api.put('/job-script-templates/{id_or_identifier}', { path, body: { description: 'changed' }, expect: 200 });
    expect(changed.body).toMatchObject({ name, description: 'changed' });
    await api.delete('/job-script-templates/{id_or_identifier}', { path, expect: 204 });
    await api.get('/job-script-templates/{id_or_identifier}', { path, expect: 404 });
  });

  test('is listed', async ({ api, template }) => {
    const list = await api.get('/job-script-templates', { query: { search: template.name }, expect: 200 });
    expect(list.body.items.map(({ id }) => id)).toEqual([template.id]);
  });

  test('has files that come back as they were sent', async ({ api, template }) => {
    const path = { id_or_identifier: String(template.id) };
    const text = '#!/bin/bash\necho {{ data.nodes }}\n';
    await api.put('/job-script-templates/{id_or_identifier}/upload/template/{file_type}', {
      path: { ...path, file_type: 'ENTRYPOINT' },
      body: { upload_file: new File([text], 'main.sh.j2') },
      expect: 200,
    });
    const file = await api.get('/job-script-templates/{id_or_identifier}/upload/template/{file_name}', {
      path: { ...path, file_name: 'main.sh.j2' },
      expect: 200,
    });
    expect(Buffer.from(file.bytes).toString()).toBe(text);
    await api.delete('/job-script-templates/{id_or_identifier}/upload/template/{file_name}', {
      path: { ...path, file_name: 'main.sh.j2' },
      expect: 200,
    });
    await api.get('/job-script-templates/{id_or_identifier}/upload/template/{file_name}', {
      path: { ...path, file_name: 'main.sh.j2' },
      expect: 404,
    });
  });

  test('answers to its identifier, which is its own', async ({ api, template }) => {
    const path = { id_or_identifier: String(template.identifier) };
    const read = await api.get('/job-script-templates/{id_or_identifier}', { path, expect: 200 });
    expect(read.body.id).toBe(template.id);
    await api.post('/job-script-templates', { body: { name: 'twice', identifier: template.identifier ?? '' }, expect: 409 });
  });

  test('without an identifier is only listed when asked for', async ({ api }) => {
    const name = uniqueName('anonymous');
    const { body } = await api.post('/job-script-templates', { body: { name }, expect: 201 });
    const usual = await api.get('/job-script-templates', { query: { search: name }, expect: 200 });
    expect(usual.body.total).toBe(0);
    const all = await api.get('/job-script-templates', { query: { search: name, include_null_identifier: true }, expect: 200 });
    expect(all.body.items.map(({ id }) => id)).toEqual([body.id]);
    await api.delete('/job-script-templates/{id_or_identifier}', { path: { id_or_identifier: String(body.id) }, expect: 204 });
  });

  test('is cloned with its files, without its identifier', async ({ api, template }) => {
    const path = { id_or_identifier: String(template.id) };
    await api.put('/job-script-templates/{id_or_identifier}/upload/template/{file_type}', {
      path: { ...path, file_type: 'SUPPORT' },
      body: { upload_file: new File(['content'], 'extra.txt') },
      expect: 200,
    });
    const clone = await api.post('/job-script-templates/clone/{id_or_identifier}', {
      path,
      body: { name: uniqueName('clone') },
      expect: 201,
    });
    expect(clone.body).toMatchObject({ identifier: null, cloned_from_id: template.id, template_files: [{ filename: 'extra.txt' }] });
    await api.delete('/job-script-templates/{id_or_identifier}', { path: { id_or_identifier: String(clone.body.id) }, expect: 204 });
  });

  realTest('keeps no workflow file that came without its runtime configuration', async ({ api, template }) => {
    const path = { id_or_identifier: String(template.id) };
    const upload_file = new File(['def main(data):\n    return data\n'], 'jobbergate.py');
    // The document does not say how the configuration is sent; how the API refuses is left to the judge.
    await api.put('/job-script-templates/{id_or_identifier}/upload/workflow', { path, body: { upload_file } });
    await api.get('/job-script-templates/{id_or_identifier}/upload/workflow', { path, expect: 404 });
  });
});
