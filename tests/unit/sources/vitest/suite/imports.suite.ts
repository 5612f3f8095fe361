import { expect, test } from 'vitest';
import { one } from './one.ts';

test('is one', () => expect(one).toBe(1));
