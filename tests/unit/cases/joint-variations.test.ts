import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { valueAt } from '../../../src/lib/json-pointer.ts';
import { answered, converse, type Talk } from '../../support/converse.ts';
import { createNotesApi, notesDocument } from '../../support/apis/notes.ts';
import { planOptions } from '../../support/plan-options.ts';

/** The boundaries of creations, tried on an API that answers them in a way of its own. */
function tryCreations(own: (request: Case) => Answer | undefined = () => undefined): Talk {
  const [creation] = planScenarios(createContract(notesDocument), {
    phases: new Set(['boundaries'] as const),
    ...planOptions,
  }).filter(({ title }) => title === 'POST /notes');
  if (!creation) throw new Error('no creation is planned');
  const api = createNotesApi();
  return converse(creation, (request) => own(request) ?? api(request));
}

const titlesOf = ({ sent }: Talk): string[] => sent.map(({ title }) => title);

test('boundaries of different places go into one request', () => {
  const titles = titlesOf(tryCreations());
  expect(titles).toContain('`body.title` at its shortest length 1, `body.stars` at its minimum 1, `body.colour` as "blue"');
  expect(titles).not.toContain('`body.stars` at its minimum 1');
});

test('where they are refused together, each is tried alone, and the refused one is accused alone', () => {
  const refusing = tryCreations(({ request }) => (valueAt(request.body?.value ?? null, '/stars') === 1 ? answered(422) : undefined));
  expect(titlesOf(refusing)).toEqual(
    expect.arrayContaining(['`body.title` at its shortest length 1', '`body.stars` at its minimum 1', '`body.colour` as "blue"']),
  );
  expect(refusing.broken).toEqual(['certain valid-accepted: valid data is refused: `body.stars` at its minimum 1']);
});

test('a place where something was refused goes alone from then on', () => {
  const titles = titlesOf(
    tryCreations(({ request }) => (valueAt(request.body?.value ?? null, '/stars') === 1 ? answered(422) : undefined)),
  );
  expect(titles).toEqual(
    expect.arrayContaining(['`body.title` one character above its shortest length 1', '`body.stars` just above its minimum 1: 2']),
  );
});
