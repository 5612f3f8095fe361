/** Asks at the terminal what nothing else tells. */
import type { Readable, Writable } from 'node:stream';
import { HarnessError } from '../../errors.ts';

/** Questions; each gives an answer or throws HarnessError when the user wants to stop. */
export interface Ask {
  readonly text: (message: string, initial: string) => Promise<string>;
  /** Shows nothing of what is typed; undefined where that is nothing. */
  readonly secret: (message: string) => Promise<string | undefined>;
  /** One of the names, each shown with what it stands for. */
  readonly choice: (message: string, names: readonly (readonly [name: string, hint: string])[]) => Promise<string>;
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
    secret: async (message) => {
      const typed: string | symbol | undefined = await password({ message, input, output });
      return typed === undefined || typed === '' ? undefined : answered(typed);
    },
    choice: async (message, names) =>
      answered(
        await select<string>({ message, options: names.map(([value, hint]) => ({ value, label: `${value}: ${hint}` })), input, output }),
      ),
  };
}
