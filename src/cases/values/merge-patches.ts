/** Merge patches add to maps what they name: a bound of the whole may then be reached by what was there before. Pure. */
import { isObject, member, type Json } from '../../lib/json.ts';
import { parseMediaType } from '../../lib/media-type.ts';
import { propertiesOf } from '../../spec/properties.ts';
import type { RequestPlan } from '../case.ts';
import { preferredBody, type Planning } from '../planning.ts';

/** Whether a valid body is a merge patch that adds to a map of limited size. @see https://www.rfc-editor.org/rfc/rfc7396#section-2 */
export function addsToFullMap({ contract }: Planning, { operation, body }: RequestPlan): boolean {
  const schema = preferredBody(operation)?.schema;
  if (!schema || !isObject(body?.value) || parseMediaType(body.mediaType)?.subtype !== 'merge-patch+json') return false;
  const places = propertiesOf(contract, schema);
  return Object.entries(body.value).some(([name, value]: [string, Json]) => {
    const place = places.get(name);
    return (
      place !== undefined &&
      isObject(value) &&
      Object.values(value).some((one) => one !== null) &&
      member(contract.resolve(place).schema, 'maxProperties') !== undefined
    );
  });
}
