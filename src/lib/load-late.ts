/** Packages that only some runs use, loaded when they do: to load one takes longer than much of what a short command does. */
import { createRequire } from 'node:module';
import type * as OpenApiUpgrader from '@scalar/openapi-upgrader';
import type * as FastXmlParser from 'fast-xml-parser';
import type * as JsYaml from 'js-yaml';
import type * as JsonP3 from 'json-p3';
import type * as JsoncParser from 'jsonc-parser';
import type * as Yaml from 'yaml';

const load: (name: string) => unknown = createRequire(import.meta.url);

/** Reads and writes YAML as plain values. */
export const jsYaml = (): typeof JsYaml => load('js-yaml') as typeof JsYaml;

/** Reads YAML as a tree with places: heavy, and only for a message. */
export const yamlTrees = (): typeof Yaml => load('yaml') as typeof Yaml;

/** Reads JSON with places, and lays it out. */
export const jsoncParser = (): typeof JsoncParser => load('jsonc-parser') as typeof JsoncParser;

/** JSONPath of RFC 9535. */
export const jsonP3 = (): typeof JsonP3 => load('json-p3') as typeof JsonP3;

/** Reads XML. */
export const fastXmlParser = (): typeof FastXmlParser => load('fast-xml-parser') as typeof FastXmlParser;

/** Brings documents of OpenAPI 2.0 to 3.x. */
export const openApiUpgrader = (): typeof OpenApiUpgrader => load('@scalar/openapi-upgrader') as typeof OpenApiUpgrader;
