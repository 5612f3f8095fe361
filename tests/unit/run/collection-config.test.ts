import { describe, expect, it } from 'vitest';
import { aCollection } from '../../../src/run/collection-config.ts';

describe('a collection that a flag names', () => {
  it.each([
    { given: 'shop.json', want: { file: 'shop.json' } },
    {
      given: 'shop.json,environment=local.json,data=rows.csv,folder=Products,folder=Clean up',
      want: { file: 'shop.json', environment: 'local.json', data: 'rows.csv', folders: ['Products', 'Clean up'] },
    },
    {
      given: 'shop.json,reporter=junit:reports/newman.xml,reporter=htmlextra:C:/x.html',
      want: { file: 'shop.json', reporters: { junit: 'reports/newman.xml', htmlextra: 'C:/x.html' } },
    },
  ])('$given is understood', ({ given, want }) => {
    expect(aCollection(given)).toEqual({ value: want });
  });

  it.each(['', ',data=rows.csv', 'shop.json,env=local.json', 'shop.json,data=', 'shop.json,data=a,data=b', 'shop.json,reporter=junit', 7])(
    '%j is not',
    (given) => {
      expect(aCollection(given)).toEqual({ problem: expect.stringContaining('FILE') as string });
    },
  );
});
