/** Asks at the terminal what nothing else tells. */
import type { Readable, Writable } from 'node:stream';
import { HarnessError } from '../../errors.ts';

/** Questions; each gives an answer or throws HarnessError when the user wants to stop. */
export interface Ask {
  readonly text: (message: string, initial: string) => Promise<string>;
  readonly secret: (message: string) => Promise<string>;
  readonly choice: (message: string, names: readonly string[]) => Promise<string>;
}

/** Prompts on the terminal's streams. */
export async function openPrompts(input: Readable, output: Writable): Promise<Ask> {
  const { isCancel, password, select, text } = await import('@clack/prompts');
  const answered = (answer: string | symbol): string => {
    if (isCancel(answer) || typeof answer === 'symbol') throw new HarnessError('E_USAGE', 'stopped');
    return answer;
  };
  return {
    text: async (message, initial) =>
      answered(
        await text({
          message,
          initialValue: initial,
          input,
          output,
          validate: (value) => (value === undefined || value.trim() === '' ? 'A text is needed' : undefined),
        }),
      ).trim(),
    secret: async (message) => answered(await password({ message, input, output })),
    choice: async (message, names) =>
      answered(await select<string>({ message, options: names.map((value) => ({ value })), input, output })),
  };
}
