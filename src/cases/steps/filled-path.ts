/** Paths of requests, for those that are spelled in another way. Pure. */
import type { RequestPlan } from '../case.ts';
import { writtenPath } from '../../spec/last-slash.ts';

/** The path with the request's own values, percent-encoded. */
export function filledPath(request: RequestPlan): string {
  return writtenPath(request.operation).replaceAll(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(String(request.parameters.find((parameter) => parameter.in === 'path' && parameter.name === name)?.value ?? 'x')),
  );
}
