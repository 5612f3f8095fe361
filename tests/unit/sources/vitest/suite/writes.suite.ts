import { request } from 'node:http';
import { apiTest } from 'specproof/vitest';
import { request as undiciRequest } from 'undici';
import { expect, inject } from 'vitest';
import type { paths } from '../thing-api.ts';

const test = apiTest<paths>();
const { baseUrl } = inject('specproof');
const elsewhere = process.env['SPECPROOF_TEST_ELSEWHERE'] ?? '';

function byNode(method: string, url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { method }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end(method === 'GET' ? undefined : 'by node:http');
  });
}

test('read in every way', async ({ api }) => {
  await api.get('/things', { expect: 200 });
  expect((await fetch(`${baseUrl}/things`)).status).toBe(200);
  expect((await undiciRequest(`${baseUrl}/things`)).statusCode).toBe(200);
  expect(await byNode('GET', `${baseUrl}/things`)).toBe(200);
});

test('write with the client', async ({ api }) => {
  await api.post('/things', { body: { name: 'two' }, expect: 201 });
});

test('write with fetch', async () => {
  await fetch(`${baseUrl}/things`, { method: 'POST', body: 'by fetch' });
});

test('write with fetch by another name', async () => {
  await fetch(`${baseUrl.replace('127.0.0.1', 'localhost')}/things`, { method: 'DELETE' });
});

test('write with a hidden method', async () => {
  await fetch(`${baseUrl}/things`, { headers: { 'X-HTTP-Method-Override': 'DELETE' } });
});

test('write with undici', async () => {
  await undiciRequest(`${baseUrl}/things`, { method: 'PUT', body: 'by undici' });
});

test('write with node:http', async () => {
  await byNode('PATCH', `${baseUrl}/things`);
});

test('write elsewhere', async () => {
  expect((await fetch(elsewhere, { method: 'POST', body: 'elsewhere' })).status).toBe(200);
  expect(await byNode('POST', elsewhere)).toBe(200);
});
