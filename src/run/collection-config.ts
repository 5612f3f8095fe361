/** A Postman collection that a run sends: as a configuration holds it, or a flag names it. */
import { parser, text, type Parser } from './parse-setting.ts';

/** A Postman collection to run. */
export interface CollectionConfig {
  /** Path of the collection, relative to the configuration file. */
  readonly file: string;
  /** Path of its environment. */
  readonly environment?: string;
  /** Only these folders or requests, by name. */
  readonly folders?: readonly string[];
  /** Path of iteration data, JSON or CSV: the collection runs once for each row. */
  readonly data?: string;
  /** newman's own reporters, or those that are installed beside it, by name: the file that each writes, or its options. */
  readonly reporters?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** Files of collections that must have run before; the others run side by side. */
  readonly after?: readonly string[];
}

const form = 'FILE, and behind commas environment=FILE, data=FILE, folder=NAME, reporter=NAME:FILE';

/** A text such as `shop.json,environment=local.json,folder=Products`. */
export const aCollection: Parser<CollectionConfig> = parser({ type: 'object', properties: { file: text.schema } }, (given) => {
  const [file = '', ...parts] = typeof given === 'string' ? given.split(',').map((part) => part.trim()) : [];
  if (file === '') return { problem: `must name a collection: ${form}` };
  const named: Partial<Record<string, string>> = {};
  const folders: string[] = [];
  const reporters: Record<string, string> = {};
  for (const part of parts) {
    const [, name = '', value = ''] = /^(environment|data|folder|reporter)=(.+)$/.exec(part) ?? [];
    const [, reporter = '', written = ''] = /^([^:]+):(.+)$/.exec(value) ?? [];
    if (value === '' || Object.hasOwn(named, name) || (name === 'reporter' && reporter === ''))
      return { problem: `does not understand "${part}": it takes ${form}` };
    if (name === 'folder') folders.push(value);
    else if (name === 'reporter') reporters[reporter] = written;
    else named[name] = value;
  }
  const isReported = Object.keys(reporters).length > 0;
  return { value: { file, ...named, ...(folders.length > 0 && { folders }), ...(isReported && { reporters }) } };
});
