/** Which declared response a success takes, and which of its media types. */
import { isJsonType } from '../../lib/media-type.ts';

import type { MediaType, Operation, ResponseObject } from '../../spec/contract.ts';

/** What a success is answered with. */
export interface Success {
  readonly status: number;
  readonly response: ResponseObject;
  /** The media type to answer with: JSON where there is one, undefined for an empty body. */
  readonly media: MediaType | undefined;
}

/** The success that an operation declares for what it does: the first of the wished statuses, else any 2xx, `2XX`, `default` or 3xx; undefined when it declares none. */
export function successOf(operation: Operation, wished: readonly number[] = [200, 201, 202, 204]): Success | undefined {
  const { responses } = operation;
  const exact = wished.map(String).find((status) => responses.some((response) => response.status === status));
  const status =
    exact ?? ['2', 'd', '3'].map((start) => responses.find((response) => response.status.startsWith(start))?.status).find(Boolean);
  const response = responses.find((candidate) => candidate.status === status);
  if (response === undefined || status === undefined) return undefined;
  return { status: /^\d{3}$/.test(status) ? Number(status) : (wished[0] ?? 200), response, media: preferredMedia(response.content) };
}

/** JSON where it is declared, else the first media type. */
export function preferredMedia(content: readonly MediaType[]): MediaType | undefined {
  return (
    content.find((media) => isJsonType(media.type)) ??
    content.find((media) => media.type === '*/*' || media.type === 'application/*') ??
    content[0]
  );
}
