/** Offsets of places in a JSON text. The text is never parsed as a whole: of a document of megabytes only the objects on the way to a place are looked through, once each. */

/** Offset in the text of the deepest place on the way that exists, and how many tokens of the way lead there. */
export type Locate = (tokens: readonly string[]) => { readonly offset: number; readonly depth: number };

/** A member of an object or list: where its name begins (of a list's its value), and where its value does. */
interface Member {
  readonly offset: number;
  readonly value: number;
}

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const backslash = 0x5c;
const isOpening = (code: number): boolean => code === 0x7b || code === 0x5b;
const isClosing = (code: number): boolean => code === 0x7d || code === 0x5d;

/** A locator in a text that begins with an object or a list; in one that is no JSON it finds what it can. */
export function jsonLocator(text: string): Locate {
  const known = new Map<number, ReadonlyMap<string, Member>>();
  const root = text.search(/[[{]/);
  return (tokens) => {
    let [offset, value, depth] = [root, root, 0];
    for (const token of tokens) {
      let members = known.get(value);
      if (members === undefined) known.set(value, (members = membersOf(text, value)));
      const member = members.get(token);
      if (member === undefined) break;
      ({ offset, value } = member);
      depth++;
    }
    return { offset, depth };
  };
}

/** The members of the object or list that begins there, by name or index; none of any other value. */
function membersOf(text: string, start: number): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>();
  const isList = text.charCodeAt(start) === 0x5b;
  let name = '';
  let offset = 0;
  let index = 0;
  let depth = 0;
  let awaited: 'name' | 'value' | undefined = isList ? 'value' : 'name';
  if (!isOpening(text.charCodeAt(start))) return members;
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 0x20) continue;
    if (depth === 0) {
      if (isClosing(code)) break;
      if (awaited === 'value' && code !== comma) {
        const key = isList ? String(index) : name;
        if (!members.has(key)) members.set(key, { offset: isList ? at : offset, value: at });
        awaited = undefined;
      } else if (awaited === 'name' && code === quote) {
        name = stringAt(text, at);
        offset = at;
      } else if (code === colon) awaited = 'value';
      else if (code === comma) {
        index++;
        awaited = isList ? 'value' : 'name';
      }
    }
    if (code === quote) at = endOfString(text, at);
    else if (isOpening(code)) depth++;
    else if (isClosing(code)) depth--;
  }
  return members;
}

/** Where the closing quote stands; the text's end where there is none. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === backslash) escapes++;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}

function stringAt(text: string, start: number): string {
  const written = text.slice(start, endOfString(text, start) + 1);
  try {
    return String(JSON.parse(written));
  } catch {
    return written;
  }
}
