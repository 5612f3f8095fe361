/** What an operation says of single statuses. Pure. */
import type { Operation, ResponseObject } from './contract.ts';

/** Whether the operation has a Response Object for one of the statuses by itself, not by its range or as `default`. @see https://spec.openapis.org/oas/v3.1.1#responses-object */
export function declaresStatus({ responses }: Operation, ...statuses: readonly string[]): boolean {
  return responses.some(({ status }) => statuses.includes(status));
}

/** The operation's Response Objects of these statuses. */
export function responsesTo({ responses }: Operation, ...statuses: readonly string[]): ResponseObject[] {
  return responses.filter(({ status }) => statuses.includes(status));
}
