/** Which keywords of a schema hold schemas, and in what form. JSON Schema 2020-12, core sections 10 and 11. */

/** Keywords that hold one schema. */
export const singleSchemas: readonly string[] = [
  'items',
  'additionalProperties',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
];

/** Keywords that hold a list of schemas. */
export const listedSchemas: readonly string[] = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
