import { describe, expect, it } from 'vitest';
import { causeId, findingId } from '../../../src/report/finding-id.ts';

describe('findingId', () => {
  it('is the same in every version: ids are written down by people', () => {
    expect(findingId('status-declared', 'GET /orders', '401')).toBe('7944daf2');
    expect(causeId('status-declared', '401')).toBe('ce3c1257');
  });

  it('differs for every operation and topic', () => {
    const ids = new Set<string>();
    for (let path = 0; path < 50; path += 1)
      for (let topic = 400; topic < 420; topic += 1) ids.add(findingId('status-declared', `GET /${path}`, String(topic)));
    expect(ids.size).toBe(1000);
  });
});
