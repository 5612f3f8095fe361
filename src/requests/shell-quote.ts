/** Quoting for POSIX shells. Pure. */

/** A mark in a text that becomes a shell variable. */
export interface Variable {
  readonly mark: string;
  readonly name: string;
}

const plainWord = /^[A-Za-z0-9_@%+=:,./-]+$/;
/** Inside double quotes these keep a meaning; `!` only where the shell is interactive. */
const liveInDoubleQuotes = /["$`\\!]/;

/** The text as one word that any POSIX shell, interactive or not, reads as that text, with marks become `$NAME`. @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html */
export function quote(text: string, variables: readonly Variable[]): string {
  const pieces = cut(text, variables);
  if (pieces.every((piece) => typeof piece === 'string')) return plainWord.test(text) ? text : single(text);
  if (!pieces.some((piece) => typeof piece === 'string' && liveInDoubleQuotes.test(piece))) {
    return `"${pieces.map((piece, index) => (typeof piece === 'string' ? piece : reference(piece, pieces[index + 1]))).join('')}"`;
  }
  return pieces.map((piece) => (typeof piece === 'string' ? single(piece) : `"$${piece.name}"`)).join('');
}

/** Braces only where the next character would be taken for a part of the name. */
function reference({ name }: Variable, next: string | Variable | undefined): string {
  return typeof next === 'string' && /^\w/.test(next) ? `\${${name}}` : `$${name}`;
}

function single(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function cut(text: string, variables: readonly Variable[]): (string | Variable)[] {
  let pieces: (string | Variable)[] = [text];
  for (const variable of variables) {
    pieces = pieces.flatMap((piece) =>
      typeof piece === 'string' ? piece.split(variable.mark).flatMap((part, index) => (index === 0 ? [part] : [variable, part])) : [piece],
    );
  }
  return pieces.filter((piece) => piece !== '');
}
