import { describe, expect, it } from 'vitest';
import { isLoopback } from '../../../src/lib/is-loopback.ts';
import { serverBaseUrl } from '../../../src/run/base-url.ts';

describe('serverBaseUrl', () => {
  it.each([
    { server: '/v1', location: 'http://127.0.0.1:8000/docs/openapi.json', want: 'http://127.0.0.1:8000/v1' },
    { server: '/', location: 'http://127.0.0.1:8000/openapi.json', want: 'http://127.0.0.1:8000' },
    { server: './v1/', location: 'https://api.example.com/a/openapi.json', want: 'https://api.example.com/a/v1' },
    { server: 'https://api.example.com/v2/', location: 'openapi.yaml', want: 'https://api.example.com/v2' },
    { server: 'https://api.example.com/v2', location: 'https://docs.example.com/openapi.json', want: 'https://api.example.com/v2' },
    { server: 'http://localhost:8080/api', location: 'http://127.0.0.1:41234/openapi.json', want: 'http://127.0.0.1:41234/api' },
    { server: 'http://localhost:8080/api', location: 'openapi.json', want: 'http://localhost:8080/api' },
  ])('$server of $location is $want', ({ server, location, want }) => {
    expect(serverBaseUrl(server, location)).toBe(want);
  });

  it.each([
    { server: '/', location: 'openapi.json', want: 'names no absolute server (only "/")' },
    { server: 'ftp://x/', location: 'openapi.json', want: 'names no absolute server' },
    {
      server: 'https://api.example.com/v1',
      location: 'http://127.0.0.1:8000/openapi.json',
      want: 'was fetched from this machine but names the server https://api.example.com/v1',
    },
  ])('$server of $location is refused', ({ server, location, want }) => {
    expect(() => serverBaseUrl(server, location)).toThrow(
      expect.objectContaining({ code: 'E_USAGE', message: expect.stringContaining(want) as string }) as Error,
    );
  });
});

describe('isLoopback', () => {
  it.each([
    { url: 'http://127.0.0.1:80/x', want: true },
    { url: 'http://127.1.2.3/', want: true },
    { url: 'http://localhost:1/', want: true },
    { url: 'http://[::1]:1/', want: true },
    { url: 'http://0177.0.0.1/', want: true },
    { url: 'http://127.0.0.1.example.com/', want: false },
    { url: 'http://10.0.0.1/', want: false },
    { url: 'nothing', want: false },
  ])('$url: $want', ({ url, want }) => {
    expect(isLoopback(url)).toBe(want);
  });
});
