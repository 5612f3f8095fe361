/** The observatory's OpenAPI document: complete, and true of the API with every switch off. */
import type { JsonObject } from '../../../src/lib/json.ts';
import { otherSchemas } from './document/other-schemas.ts';
import { parameters } from './document/parameters.ts';
import { paths } from './document/paths.ts';
import { headers, responses } from './document/responses.ts';
import { telescopeSchemas } from './document/telescope-schemas.ts';

/** The document as it is served, switches or not. @see https://spec.openapis.org/oas/v3.1.0 */
export const document: JsonObject = {
  openapi: '3.1.0',
  info: {
    title: 'Observatory',
    version: '1.0.0',
    description:
      'Telescopes, observations on them, a catalogue of targets, frames and private notes. Readers only read. Members of an institute see what the others made (not their notes) and change only their own. Other institutes see none of it.',
  },
  servers: [{ url: '/v1' }],
  security: [{ bearer: [] }],
  tags: ['health', 'telescopes', 'frames', 'observations', 'targets', 'notes'].map((name) => ({ name })),
  paths,
  components: {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    schemas: { ...telescopeSchemas, ...otherSchemas },
    parameters,
    headers,
    responses,
  },
};
