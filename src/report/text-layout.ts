/** Laying out text in a terminal of a given width. Knows no colour and no report. */

/** The text on one line, with control and invisible characters spelled out: what an API sends must not steer a terminal. */
export function printable(text: string): string {
  return spelledOut(text.replaceAll(/[ \t\r\n]+/g, ' '));
}

/** The text with control and invisible characters other than tabs and line breaks spelled out. */
export function spelledOut(text: string): string {
  // the other pattern takes tens of milliseconds to compile
  if (/^[\n\t -~]*$/.test(text)) return text;
  return text.replaceAll(/[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/gu, visible);
}

/** Like `printable`, but keeps line breaks. */
export function printableLines(text: string): string[] {
  return text.split(/\r?\n/).map((line) => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    return indent + printable(line.slice(indent.length));
  });
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Columns that a text takes, one a code point. */
export function columns(text: string): number {
  let count = 0;
  for (const _character of text) count += 1;
  return count;
}

/** The text, cut with an ellipsis where it is wider. */
export function clip(text: string, width: number): string {
  if (columns(text) <= width) return text;
  return `${Array.from(text)
    .slice(0, Math.max(0, width - 1))
    .join('')
    .trimEnd()}…`;
}

/** The text in lines no wider than `width`, broken between words, or within those that are wider. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    let rest = word;
    if (line !== '' && columns(line) + 1 + columns(rest) <= width) {
      line += ` ${rest}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (columns(rest) > width) {
      lines.push(Array.from(rest).slice(0, width).join(''));
      rest = Array.from(rest).slice(width).join('');
    }
    line = rest;
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** As many of the items as fit, then `and N more`; at least one item, clipped if need be. */
export function shortList(items: readonly string[], width: number, separator = ', '): string {
  for (let shown = items.length; shown >= 1; shown -= 1) {
    const text = items.slice(0, shown).join(separator) + more(items.length - shown);
    if (shown === 1) return clip(items[0] ?? '', width - columns(more(items.length - 1))) + more(items.length - 1);
    // Long lists are not worth trying item by item.
    if (text.length > width * 4) shown = Math.min(shown, Math.ceil((width * 2) / 4));
    else if (columns(text) <= width) return text;
  }
  return '';
}

/** A list on about `lines` lines, never broken between a method and its path, then `and N more`. */
export function listLines(items: readonly string[], width: number, lines: number): string[] {
  const whole = items.map((item) => item.replace(/\b([A-Z]+) \//, '$1\u00a0/'));
  return wrap(shortList(whole, width * lines - 16), width).map((line) => line.replaceAll('\u00a0', ' '));
}

/** Parts joined by ` · ` on lines no wider than `width`: each part as [plain text, what to write for it]. */
export function flow(parts: readonly (readonly [plain: string, written: string])[], width: number): string[] {
  const lines: string[] = [];
  let used = 0;
  for (const [plain, written] of parts) {
    const size = columns(plain);
    if (lines.length > 0 && used + 3 + size <= width) {
      lines.push(`${lines.pop() ?? ''} · ${written}`);
      used += 3 + size;
    } else {
      lines.push(written);
      used = size;
    }
  }
  return lines;
}

function more(count: number): string {
  return count > 0 ? ` and ${grouped(count)} more` : '';
}

/** `1,268`. */
export function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 operation`, `45 operations`. */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : many}`;
}

/** `2.9 s`, `41 s`, `3 min 12 s`. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** A bar of heavy and light strokes: as [done part, open part]. */
export function bar(done: number, total: number, width: number): readonly [string, string] {
  const share = total === 0 ? 0 : Math.min(1, done / total);
  // Full only when all is done.
  const filled = share === 1 ? width : Math.min(width - 1, Math.floor(share * width));
  return ['━'.repeat(filled), '─'.repeat(width - filled)];
}
