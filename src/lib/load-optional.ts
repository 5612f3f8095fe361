/** Loads optional packages. */
import { HarnessError } from '../errors.ts';

/**
 * The module of an optional package; `needs` says who needs it, as `the embedded target needs`, `otherwise` what goes without.
 * @throws HarnessError `E_OPTIONAL` when it is not installed, that is when `load` rejects
 */
export async function loadOptional<Module>(name: string, needs: string, load: () => Promise<Module>, otherwise?: string): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    throw new HarnessError('E_OPTIONAL', `${needs} the package ${name}, which is not installed`, {
      hint: `npm install --save-dev ${name}${otherwise === undefined ? '' : `; ${otherwise}`}`,
      cause,
    });
  }
}
