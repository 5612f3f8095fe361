import { expect, test } from 'vitest';
import { expectAccepted } from '../../../src/cases/expectations.ts';
import type { Json } from '../../../src/lib/json.ts';
import { answered } from '../../support/converse.ts';

const accepted = expectAccepted({ what: 'an ordinary request', confidence: 'likely', promise: '', topic: '' });

test.each<[Json, string]>([
  [{ owner: ['Object does not exist.'] }, 'cannot-judge'],
  [{ owner: ['Invalid pk "7" - object does not exist.'] }, 'cannot-judge'],
  [{ detail: 'insert violates foreign key constraint "pets_owner"' }, 'cannot-judge'],
  [{ email: ['An owner with this email already exists.'] }, 'cannot-judge'],
  [{ message: "Tag type 'si' does not exist" }, 'cannot-judge'],
  [{ message: 'Project=project-851 does not exist' }, 'cannot-judge'],
  [{ message: 'Could not find strategy type with name si' }, 'cannot-judge'],
  [{ message: 'There is no feature named "si"' }, 'cannot-judge'],
  [{ detail: 'Incorrect username or password' }, 'cannot-judge'],
  [{ error: 'invalid_grant', error_description: 'Invalid user credentials' }, 'cannot-judge'],
  [{ message: "The field 'nickname' does not exist" }, 'broken'],
  [{ detail: 'The password is invalid: too short' }, 'broken'],
  [{ name: ['This field may not be blank.'] }, 'broken'],
  [{ name: ['An object was expected.'] }, 'broken'],
  [{ detail: 'the page does not exist' }, 'broken'],
])('valid data that is refused with 400 and %j: %s', (body, held) => expect(accepted.holds(answered(400, body)).kind).toBe(held));
