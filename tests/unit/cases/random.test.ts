import { describe, expect, test } from 'vitest';
import type { Answer, Case, Scenario } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { isObject, type Json } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse, type Talk } from '../../support/converse.ts';
import { createNotesApi, notesDocument } from '../../support/apis/notes.ts';
import { planOptions } from '../../support/plan-options.ts';

const contract = createContract(notesDocument);

function scenariosOf(more: { readonly seed?: number; readonly randomCases?: number } = {}): Scenario[] {
  const phases = new Set(['random'] as const);
  return planScenarios(contract, { phases, ...planOptions, ...more });
}

function talk(
  operation: string,
  api: (request: Case) => Answer,
  more: { readonly seed?: number; readonly randomCases?: number } = {},
): Talk {
  const scenario = scenariosOf(more).find(({ title }) => title === operation);
  if (!scenario) throw new TypeError(`no scenario for ${operation}`);
  return converse(scenario, api);
}

const bodyOf = (sent: Case): Json => sent.request.body?.value ?? null;
const drawn = ({ sent }: Talk): Case[] => sent.filter(({ title }) => title.includes('drawn at random'));
const starsOf = (sent: Case): number => {
  const body = bodyOf(sent);
  return isObject(body) && typeof body['stars'] === 'number' ? body['stars'] : 0;
};

/** The notes API, but for what `lie` answers. */
const lying = (lie: (request: Case) => Answer | undefined): ((request: Case) => Answer) => {
  const honest = createNotesApi();
  return (request) => lie(request) ?? honest(request);
};

describe('draws', () => {
  test('are the same for the same seed, and others for another', () => {
    const sent = (seed: number): string => JSON.stringify(drawn(talk('POST /notes', createNotesApi(), { seed })).map(bodyOf));
    expect(sent(1)).toBe(sent(1));
    expect(sent(1)).not.toBe(sent(2));
  });

  test('are as many as were asked for, where nothing fails', () => {
    expect(drawn(talk('POST /notes', createNotesApi()))).toHaveLength(20);
    expect(drawn(talk('GET /notes', createNotesApi(), { randomCases: 7 }))).toHaveLength(7);
  });

  test('keep their schema, or break one promise of it by name', () => {
    const place = contract.operations.find(({ id }) => id === 'POST /notes')?.requestBody?.content[0]?.schema;
    if (!place) throw new TypeError('the document above has it');
    const kindOf = (sent: Case): string => contract.validators.validate(place, bodyOf(sent), 'request').kind;
    const sent = drawn(talk('POST /notes', createNotesApi(), { randomCases: 100 }));
    expect(sent.filter(({ intent }) => intent === 'valid').map(kindOf)).not.toContain('invalid');
    const invalid = sent.filter(({ intent }) => intent === 'invalid');
    expect(invalid.length).toBeGreaterThan(20);
    expect(invalid.map(kindOf)).not.toContain('valid');
    expect(invalid.every(({ title }) => /^(without the required )?`body|^the value|^`/.test(title))).toBe(true);
  });

  test('leave out operations without a choice', () => {
    expect(talk('GET /notes/{id}', createNotesApi()).sent).toEqual([]);
  });
});

describe('what fails is followed down to the smallest request that shows it', () => {
  test('a crash', () => {
    const found = talk(
      'POST /notes',
      lying((request) => (starsOf(request) >= 3 && starsOf(request) <= 5 ? answered(500) : undefined)),
    );
    const crashed = found.sent.filter((sent) => starsOf(sent) >= 3 && starsOf(sent) <= 5);
    const size = (sent: Case): number => JSON.stringify(bodyOf(sent)).length;
    const [smallest] = crashed.toSorted((left, right) => starsOf(left) - starsOf(right) || size(left) - size(right));
    expect(smallest && bodyOf(smallest)).toMatchObject({ stars: 3 });
    expect(smallest && bodyOf(smallest)).not.toHaveProperty('colour');
    expect(smallest?.title).toMatch(/path \d+(:\d+)+$/);
  });

  test('the refusal of valid data, told once', () => {
    const found = talk(
      'POST /notes',
      lying((request) => (starsOf(request) > 3 && starsOf(request) <= 5 ? answered(422) : undefined)),
    );
    expect(found.broken).toEqual([
      expect.stringMatching(/^likely valid-accepted: valid data is refused: the body \{"title":"[^"]+","stars":4\}$/),
    ]);
  });

  test('the acceptance of invalid data', () => {
    const found = talk(
      'POST /notes',
      lying((request) => (starsOf(request) > 5 ? answered(201, { id: 99, title: 'x', stars: 9 }) : undefined)),
      {
        randomCases: 300,
      },
    );
    const accepted = found.sent.filter((sent) => starsOf(sent) > 5);
    expect(accepted.at(-1)?.title).toMatch(/`body\.stars` above its maximum 5: \d+, in a request drawn at random, path \d+(:\d+)*$/);
    expect(new Set(found.broken)).toEqual(
      new Set(['certain invalid-refused: invalid data is accepted: `body.stars` above its maximum 5: 6']),
    );
  });

  test('within a budget, and not where the ordinary request shows it too', () => {
    const crashing = talk(
      'GET /notes',
      lying(({ request }) => (request.parameters.length > 0 ? answered(500) : undefined)),
    );
    expect(drawn(crashing).length).toBeLessThanOrEqual(40);
    const broken = talk('GET /notes', () => answered(500));
    expect(drawn(broken)).toEqual([]);
  });

  test('but a refusal is no failure once the control is refused as well', () => {
    let sent = 0;
    const closing = lying(({ request }) => (request.operation.id === 'POST /notes' && ++sent > 3 ? answered(422) : undefined));
    expect(talk('POST /notes', closing).broken).toEqual([]);
  });
});
