import { describe, expect } from 'vitest';
import { realTest, test } from './fixtures.ts';

const text = '#!/bin/bash\n\n# äöü €\nsrun hostname\r\n\ttrue\n';

describe('the files of a job script', () => {
  test('come back as they were sent', async ({ api, script }) => {
    const path = { job_script_id: script.id };
    const upload = await api.put('/job-scripts/{job_script_id}/upload/{file_type}', {
      path: { ...path, file_type: 'ENTRYPOINT' },
      body: { upload_file: new File([text], 'main.sh', { type: 'text/x-shellscript' }) },
      expect: 200,
    });
    expect(upload.body).toMatchObject({ parent_id: script.id, filename: 'main.sh', file_type: 'ENTRYPOINT' });
    const file = await api.get('/job-scripts/{job_script_id}/upload/{file_name}', { path: { ...path, file_name: 'main.sh' }, expect: 200 });
    expect(Buffer.from(file.bytes).equals(Buffer.from(text))).toBe(true);
    const read = await api.get('/job-scripts/{job_script_id}', { path, expect: 200 });
    expect(read.body.files?.map(({ filename }) => filename)).toEqual(['main.sh']);
  });

  test('may be of any bytes', async ({ api, script }) => {
    const bytes = Uint8Array.from({ length: 1024 }, (_, index) => index % 256);
    const path = { job_script_id: script.id };
    await api.put('/job-scripts/{job_script_id}/upload/{file_type}', {
      path: { ...path, file_type: 'SUPPORT' },
      body: { upload_file: new File([bytes], 'table.bin', { type: 'application/octet-stream' }) },
      expect: 200,
    });
    const file = await api.get('/job-scripts/{job_script_id}/upload/{file_name}', {
      path: { ...path, file_name: 'table.bin' },
      expect: 200,
    });
    expect(Buffer.from(file.bytes).equals(Buffer.from(bytes))).toBe(true);
  });

  test('are replaced by a file of the same name', async ({ api, script }) => {
    const path = { job_script_id: script.id, file_type: 'SUPPORT' } as const;
    for (const content of ['first', 'second']) {
      await api.put('/job-scripts/{job_script_id}/upload/{file_type}', {
        path,
        body: { upload_file: new File([content], 'notes.txt') },
        expect: 200,
      });
    }
    const file = await api.get('/job-scripts/{job_script_id}/upload/{file_name}', {
      path: { job_script_id: script.id, file_name: 'notes.txt' },
      expect: 200,
    });
    expect(Buffer.from(file.bytes).toString()).toBe('second');
  });

  test('can be deleted one by one', async ({ api, script }) => {
    const path = { job_script_id: script.id };
    for (const name of ['one.txt', 'two.txt']) {
      await api.put('/job-scripts/{job_script_id}/upload/{file_type}', {
        path: { ...path, file_type: 'SUPPORT' },
        body: { upload_file: new File([name], name) },
        expect: 200,
      });
    }
    await api.delete('/job-scripts/{job_script_id}/upload/{file_name}', { path: { ...path, file_name: 'one.txt' }, expect: 200 });
    await api.get('/job-scripts/{job_script_id}/upload/{file_name}', { path: { ...path, file_name: 'one.txt' }, expect: 404 });
    const left = await api.get('/job-scripts/{job_script_id}/upload/{file_name}', { path: { ...path, file_name: 'two.txt' }, expect: 200 });
    expect(Buffer.from(left.bytes).toString()).toBe('two.txt');
  });

  test('of an unknown type are refused', async ({ api, script }) => {
    await api.put('/job-scripts/{job_script_id}/upload/{file_type}', {
      // @ts-expect-error there is no such type
      path: { job_script_id: script.id, file_type: 'EXTRA' },
      body: { upload_file: new File(['x'], 'x.txt') },
      expect: 422,
    });
  });

  test('can be renamed without being sent again', async ({ api, script }) => {
    const path = { job_script_id: script.id, file_type: 'SUPPORT' } as const;
    await api.put('/job-scripts/{job_script_id}/upload/{file_type}', {
      path,
      body: { upload_file: new File(['kept'], 'old.txt') },
      expect: 200,
    });
    await api.put('/job-scripts/{job_script_id}/upload/{file_type}', {
      path,
      query: { filename: 'new.txt', previous_filename: 'old.txt' },
      expect: 200,
    });
    const at = (file_name: string) => ({ job_script_id: script.id, file_name });
    await api.get('/job-scripts/{job_script_id}/upload/{file_name}', { path: at('old.txt'), expect: 404 });
    const file = await api.get('/job-scripts/{job_script_id}/upload/{file_name}', { path: at('new.txt'), expect: 200 });
    expect(Buffer.from(file.bytes).toString()).toBe('kept');
  });

  test('need a name', async ({ api, script }) => {
    await api.put('/job-scripts/{job_script_id}/upload/{file_type}', {
      path: { job_script_id: script.id, file_type: 'SUPPORT' },
      expect: 400,
    });
  });

  realTest('are refused when their syntax is wrong', async ({ api, script }) => {
    const path = { job_script_id: script.id, file_type: 'SUPPORT' } as const;
    const upload_file = new File(['def broken(:\n'], 'broken.py');
    const answer = await api.put('/job-scripts/{job_script_id}/upload/{file_type}', { path, body: { upload_file } });
    expect([400, 422]).toContain(answer.status);
  });
});
