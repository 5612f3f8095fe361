/** The same content in every media type that a body is declared in: what one of them refuses or keeps, the others refuse and keep. Pure. */
import { attempt } from '../steps/attempt.ts';
import type { Conversation } from '../case.ts';
import { sendVaried, type Control } from './control.ts';
import { expectRefused, isAccepted, keywordOf } from '../expectations.ts';
import { invalidVariations } from '../values/invalid-variations.ts';
import { mediaVariations, takesDeclaredType } from '../values/media-types.ts';
import type { Scope } from '../steps/scope.ts';
import { writtenBack } from '../steps/read-back.ts';
import { renamedRequest } from '../steps/unique-names.ts';

/** The ordinary content in each further media type: it is taken and kept. */
export function* otherMediaTaken(scope: Scope, base: Control): Conversation {
  const { operation } = base.request;
  for (const { title, request, expectation, alike } of mediaVariations(scope.planning, base.request)) {
    const fresh = renamedRequest(scope, request);
    const kept = alike ? writtenBack(scope.planning, { write: operation, look: operation, body: fresh.body?.value }) : [];
    yield* attempt(scope, fresh, {
      title,
      expectations: [...(base.accepted ? [expectation] : []), ...takesDeclaredType(operation, fresh.body?.mediaType ?? ''), ...kept],
    });
  }
}

/** In each further media type of the same schema, one broken promise of each keyword, and the type of each place. */
export function* otherMediaRefused(scope: Scope, control: Control): Conversation {
  for (const { title, request, alike } of mediaVariations(scope.planning, control.request)) {
    if (!alike || !isAccepted(yield* attempt(scope, renamedRequest(scope, request), { title }))) continue;
    const kinds = new Set<string>();
    for (const { title: what, request: wrong, promise, place, topic, confidence } of invalidVariations(scope.planning, request)) {
      const keyword = keywordOf(promise);
      // text becomes each type in a way of its own
      const kind = keyword === 'type' ? promise : keyword;
      if (wrong.body === request.body || kinds.has(kind)) continue;
      kinds.add(kind);
      yield* sendVaried(scope, control, { request: wrong, places: [place] }, () => ({
        title: `${what}, ${title}`,
        intent: 'invalid',
        expectations: [expectRefused({ confidence, what, promise, topic })],
      }));
    }
  }
}
