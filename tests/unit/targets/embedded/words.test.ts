import { describe, expect, test } from 'vitest';
import { fixedSegments, lastParameter, parameterPrefixes, parentPath } from '../../../../src/targets/embedded/paths.ts';
import { referredResource, resourceCalled, type Resource } from '../../../../src/targets/embedded/resource.ts';
import { referredWords, wordsOf } from '../../../../src/targets/embedded/words.ts';
import { singularName } from '../../../../src/lib/names.ts';

describe('names as words', () => {
  test.each([
    ['job_script_id', ['job', 'script', 'id']],
    ['jobScripts', ['job', 'script']],
    ['/order-lines', ['order', 'line']],
    ['', []],
  ])('%s', (name, want) => expect(wordsOf(name)).toEqual(want));

  test.each([
    ['categories', 'category'],
    ['boxes', 'box'],
    ['status', 'status'],
    ['classes', 'class'],
    ['pets', 'pet'],
    ['analysis', 'analysis'],
    ['houses', 'house'],
    ['prizes', 'prize'],
    ['waltzes', 'waltz'],
  ])('the singular of %s is %s', (word, want) => expect(singularName(word)).toBe(want));

  test.each([
    ['petId', ['pet']],
    ['parent_template_id', ['parent', 'template']],
    ['owner_uuid', ['owner']],
    ['id', undefined],
    ['id_or_slug', undefined],
    ['name', undefined],
    ['paid', undefined],
  ])('%s refers to %j', (name, want) => expect(referredWords(name)).toEqual(want));
});

describe('the resource that a name speaks of', () => {
  const resources = ['/job-script-templates', '/job-scripts', '/a/notes', '/notes'].map((collection): Resource => ({
    collection,
    item: undefined,
    words: wordsOf(collection.split('/').at(-1) ?? ''),
    keys: ['id'],
    views: [],
  }));
  test.each([
    ['job_script_id', '/job-scripts'],
    ['parent_template_id', '/job-script-templates'],
    ['from_job_script_id', '/job-scripts'],
    ['note_id', '/notes'],
    ['slurm_job_id', undefined],
    ['client_id', undefined],
  ])('%s is of %s', (name, want) => expect(referredResource(resources, name)?.collection).toBe(want));

  test('an ending that several share names none', () => {
    const twins = ['/red-cars', '/blue-cars'].map((collection): Resource => ({
      collection,
      item: undefined,
      words: wordsOf(collection),
      keys: [],
      views: [],
    }));
    expect(resourceCalled(twins, ['car'])).toBe(undefined);
    expect(resourceCalled(twins, ['red', 'car'])?.collection).toBe('/red-cars');
  });
});

describe('path templates', () => {
  test('give their parts', () => {
    expect(lastParameter('/a/{b}/')).toBe('b');
    expect(lastParameter('/a/{b}.json')).toBe(undefined);
    expect(parentPath('/a/{b}/c')).toBe('/a/{b}');
    expect(parentPath('/a')).toBe('/');
    expect(fixedSegments('/a/{b}/c')).toEqual(['a', 'c']);
    expect([...parameterPrefixes('/a/{b}/c/{d}')]).toEqual([
      ['b', '/a/{b}'],
      ['d', '/a/{b}/c/{d}'],
    ]);
  });
});
