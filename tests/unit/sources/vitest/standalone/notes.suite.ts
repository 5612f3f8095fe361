import { apiTest, contractTests } from 'specproof/vitest';
import { expect } from 'vitest';

interface paths {
  '/notes': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: { parameters: object; responses: { 200: { headers: object; content: { 'application/json': { id: number; text: string }[] } } } };
  };
}

const test = apiTest<paths>();

test('notes are listed', async ({ api }) => {
  const notes = await api.get('/notes', { expect: 200 });
  expect(notes).toMeetContract();
  expect(() => expect(notes).not.toMeetContract()).toThrow('keeps them all');
  expect(() => expect({}).toMeetContract()).toThrow('needs a result of the client');
});

contractTests({ phases: ['boundaries'], operations: /^POST / });
