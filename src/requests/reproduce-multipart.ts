/** A multipart form as curl's form arguments, where those say the same. Pure. */
import { isUtf8 } from 'node:buffer';

/** A part of a form as curl takes it. */
export type FormArgument = readonly [flag: '-F' | '--form-string', value: string];

/** The arguments for the body's parts; undefined when it is no form, or has parts that curl would write differently: those are better sent byte by byte. */
export function multipartArguments(contentType: string | undefined, body: Uint8Array): FormArgument[] | undefined {
  const boundary = /^multipart\/form-data\s*;.*?boundary="?([^";]+)/i.exec(contentType ?? '')?.[1];
  if (boundary === undefined || body.length > 50_000 || !isUtf8(body)) return undefined;
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  const end = `--${boundary}--\r\n`;
  if (!text.startsWith(`--${boundary}\r\n`) || !text.endsWith(`\r\n${end}`)) return undefined;
  const parts = text.slice(boundary.length + 4, -end.length - 2).split(`\r\n--${boundary}\r\n`);
  const found: FormArgument[] = [];
  for (const part of parts) {
    const argument = partArgument(part);
    if (argument === undefined) return undefined;
    found.push(argument);
  }
  return found;
}

function partArgument(part: string): FormArgument | undefined {
  const match =
    /^Content-Disposition: form-data; name="([^"%=;\\]+)"(?:; filename="([^"%\\]+)")?(?:\r\nContent-Type: ([^\r\n;,"]+))?\r\n\r\n([ -~\u00a0-\u{10ffff}]*)$/u.exec(
      part,
    );
  if (match === null) return undefined;
  const [, name = '', fileName, type, value = ''] = match;
  if (fileName === undefined && type === undefined) return ['--form-string', `${name}=${value}`];
  const suffix = `${fileName === undefined ? '' : `;filename="${fileName}"`}${type === undefined ? '' : `;type=${type}`}`;
  return ['-F', `${name}="${value.replaceAll('\\', String.raw`\\`).replaceAll('"', String.raw`\"`)}"${suffix}`];
}
