/** Reads XML content as its schema describes it: names, attributes and wrapping of the XML Object. */
import { isObject, member, type Json } from '../../lib/json.ts';
import { fastXmlParser } from '../../lib/load-late.ts';
import type { ParsedMediaType } from '../../lib/media-type.ts';
import type { SchemaPlace } from '../../spec/contract.ts';
import { itemsOf, propertiesOf, typesOf } from '../../spec/properties.ts';
import { typedValue } from '../../spec/typed-value.ts';
import { textOf, type Content, type ContentContext } from '../content.ts';

/** An element: attributes are `@name`, children `name` (always lists), text `#text`. */
type Element = Readonly<Record<string, string | readonly object[]>>;

/** @see https://spec.openapis.org/oas/v3.1.1#xml-object */
export function readXml(bytes: Uint8Array, type: ParsedMediaType, place: SchemaPlace | undefined, context: ContentContext): Content {
  const decoded = textOf(bytes, type);
  if ('content' in decoded) return decoded.content;
  const { XMLParser, XMLValidator } = fastXmlParser();
  const sound = XMLValidator.validate(decoded.text);
  if (sound !== true) return { kind: 'broken', reason: `is no XML: ${sound.err.msg.slice(0, 160)}` };
  if (place === undefined) return { kind: 'free' };
  const parsed = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    parseAttributeValue: false,
    removeNSPrefix: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    alwaysCreateTextNode: true,
    isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
  }).parse(decoded.text) as Element;
  const [root] = Object.entries(parsed).filter(([name]) => !/^[@#]/.test(name));
  if (root === undefined) return { kind: 'broken', reason: 'has no root element' };
  const [name, elements] = root;
  const wanted = xmlOf(place, context)['name'];
  if (typeof wanted === 'string' && wanted !== name) {
    const { pointer } = context.contract.resolve(place);
    return { kind: 'misfit', pointer: `${pointer}/xml/name`, at: '', promise: `must be the element <${wanted}>`, came: `<${name}>` };
  }
  const raw = readElement((elements as readonly Element[])[0] ?? {}, place, context, 0);
  if (raw === undefined) return { kind: 'unknown', reason: 'the schema does not say how the XML is to be read' };
  const { value, numbers } = typedValue(context.contract, place, raw, context.direction);
  return { kind: 'parts', parts: [{ place, value, numbers, at: '' }] };
}

function xmlOf(place: SchemaPlace, { contract }: ContentContext): Readonly<Record<string, Json>> {
  const own = member(place.schema, 'xml') ?? member(contract.resolve(place).schema, 'xml');
  return isObject(own) ? own : {};
}

/** The texts of an element by the schema's properties; undefined where unions leave open how it is to be read. */
function readElement(element: Element, place: SchemaPlace, context: ContentContext, depth: number): Json | undefined {
  const { contract } = context;
  const { schema } = contract.resolve(place);
  if (depth > 64 || !isObject(schema) || Array.isArray(schema['oneOf']) || Array.isArray(schema['anyOf'])) return undefined;
  const types = typesOf(contract, place);
  if (types.has('array')) {
    const items = itemsOf(contract, place);
    return items && listOf(element, elementName(items, context, undefined), items, context, depth);
  }
  if (!types.has('object') && propertiesOf(contract, place).size === 0) return textIn(element);
  const out: Record<string, Json> = Object.create(null);
  for (const [name, property] of propertiesOf(contract, place)) {
    const xml = xmlOf(property, context);
    const tag = typeof xml['name'] === 'string' ? xml['name'] : name;
    const read = readProperty(element, tag, property, xml, context, depth + 1);
    if (read === undefined) return undefined;
    if (read !== absent) out[name] = read;
  }
  return out;
}

const absent = Symbol('absent');

function readProperty(
  element: Element,
  tag: string,
  property: SchemaPlace,
  xml: Readonly<Record<string, Json>>,
  context: ContentContext,
  depth: number,
): Json | typeof absent | undefined {
  if (xml['attribute'] === true || xml['nodeType'] === 'attribute') {
    const value = element[`@${tag}`];
    return typeof value === 'string' ? value : absent;
  }
  const children = element[tag] as readonly Element[] | undefined;
  if (!typesOf(context.contract, property).has('array')) {
    const [first] = children ?? [];
    return first === undefined ? absent : readElement(first, property, context, depth);
  }
  const items = itemsOf(context.contract, property);
  if (items === undefined) return undefined;
  if (xml['wrapped'] === true) {
    const [wrapper] = children ?? [];
    return wrapper === undefined ? absent : listOf(wrapper, elementName(items, context, tag), items, context, depth);
  }
  const own = element[elementName(items, context, tag) ?? tag] as readonly Element[] | undefined;
  return own === undefined ? absent : readAll(own, items, context, depth);
}

function elementName(place: SchemaPlace, context: ContentContext, otherwise: string | undefined): string | undefined {
  const { name } = xmlOf(place, context) as { readonly name?: Json };
  return typeof name === 'string' ? name : otherwise;
}

function listOf(wrapper: Element, tag: string | undefined, items: SchemaPlace, context: ContentContext, depth: number): Json | undefined {
  const children =
    tag === undefined
      ? Object.entries(wrapper)
          .filter(([name]) => !/^[@#]/.test(name))
          .flatMap(([, list]) => (typeof list === 'string' ? [] : list))
      : (wrapper[tag] ?? []);
  return readAll(children as readonly Element[], items, context, depth);
}

function readAll(elements: readonly Element[], items: SchemaPlace, context: ContentContext, depth: number): Json | undefined {
  const read = elements.map((child) => readElement(child, items, context, depth + 1));
  return read.includes(undefined) ? undefined : (read as Json[]);
}

function textIn(element: Element): string {
  const text = element['#text'];
  return typeof text === 'string' ? text : '';
}
