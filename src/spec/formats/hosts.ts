/** Names and addresses of hosts, and of people at them. */
import { domainToASCII, domainToUnicode } from 'node:url';

const label = '[A-Za-z\\d](?:[A-Za-z\\d-]{0,61}[A-Za-z\\d])?';
const labels = new RegExp(`^${label}(?:\\.${label})*$`);
const byte = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = new RegExp(`^${byte}(?:\\.${byte}){3}$`);
const hex = /^[\da-f]{1,4}$/i;
const atom = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
/** What nearly every mailbox looks like: no hyphens in the host, which have rules of their own. */
const plainMailbox = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[A-Za-z\d]{1,63}(?:\.[A-Za-z\d]{1,63})*$/;
const quotedText = /^"(?:[\u0020-\u0021\u0023-\u005b\u005d-\u007e]|\\[\u0020-\u007e])*"$/;
const wideQuotedText = /^"(?:[\u0020-\u0021\u0023-\u005b\u005d-\u007e\u{80}-\u{10ffff}]|\\[\u0020-\u007e])*"$/u;
const wideAtom = /^[\w!#$%&'*+/=?^`{|}~\u{80}-\u{10ffff}-]+(?:\.[\w!#$%&'*+/=?^`{|}~\u{80}-\u{10ffff}-]+)*$/u;

/** `hostname`: labels of letters, digits and hyphens; what an A-label stands for is checked too. @see https://www.rfc-editor.org/rfc/rfc1123#section-2.1 */
export function isHostname(text: string): boolean {
  if (text.length > 253 || !labels.test(text)) return false;
  return !text.includes('--') || text.split('.').every((part) => part.slice(2, 4) !== '--' || isALabel(part));
}

function isALabel(part: string): boolean {
  if (!/^xn--/i.test(part)) return false;
  const decoded = domainToUnicode(part.toLowerCase());
  return decoded !== '' && decoded !== part.toLowerCase() && isULabel(decoded) && domainToASCII(decoded) === part.toLowerCase();
}

/** `idn-hostname`. @see https://www.rfc-editor.org/rfc/rfc5890#section-2.3.2.3 */
export function isIdnHostname(text: string): boolean {
  const parts = text.split(/[.\u3002\uff0e\uff61]/);
  if (domainToASCII(text).length > 253) return false;
  // RFC 5893 section 2: in a domain with letters of right-to-left scripts no label begins with a digit
  if (/(?=\p{L})[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(text) && parts.some((part) => /^\p{Nd}/u.test(part))) return false;
  return parts.every((part) => {
    if (/^[\u0021-\u007e]*$/.test(part)) return isHostname(part);
    return isULabel(part) && domainToASCII(part) !== '' && domainToASCII(part).length <= 63;
  });
}

/** Contextual rules of IDNA: characters that only certain neighbours make lawful. @see https://www.rfc-editor.org/rfc/rfc5892#appendix-A */
const contextual: readonly (readonly [character: RegExp, lawful: RegExp])[] = [
  [/\u00b7/g, /(?<=l)\u00b7(?=l)/g],
  [/\u0375/g, /\u0375(?=\p{Script=Greek})/gu],
  [/[\u05f3\u05f4]/g, /(?<=\p{Script=Hebrew})[\u05f3\u05f4]/gu],
  [
    /\u200c/g,
    /(?<=[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca])\u200c|(?<=[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}]\p{M}*)\u200c(?=\p{M}*[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}])/gu,
  ],
  [/\u200d/g, /(?<=[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca])\u200d/g],
];
/** Characters that RFC 5892 section 2.6 excludes although they are letters or digits elsewhere. */
const disallowed =
  /[\u0640\u07fa\u302e\u302f\u3031-\u3035\u303b]|[\p{Lu}\p{Lt}]|(?![\p{L}\p{M}\p{Nd}-]|\u00b7|\u0375|\u05f3|\u05f4|\u30fb|\u200c|\u200d|\u06fd|\u06fe|\u0f0b|\u3007)./su;

function isULabel(part: string): boolean {
  if (part === '' || part.startsWith('-') || part.endsWith('-') || /^..--/u.test(part) || /^\p{M}/u.test(part) || disallowed.test(part))
    return false;
  if (part.normalize('NFC') !== part) return false;
  if (part.includes('\u30fb') && !/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(part)) return false;
  if (/[\u0660-\u0669]/.test(part) && /[\u06f0-\u06f9]/.test(part)) return false;
  return contextual.every(([character, lawful]) => (part.match(character)?.length ?? 0) === (part.match(lawful)?.length ?? 0));
}

/** `ipv4`: four decimal bytes without leading zeros. @see https://www.rfc-editor.org/rfc/rfc2673#section-3.2 */
export function isIpv4(text: string): boolean {
  return ipv4.test(text);
}

/** `ipv6`, without a zone. @see https://www.rfc-editor.org/rfc/rfc4291#section-2.2 */
export function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  let size = 0;
  for (const [index, half] of halves.entries()) {
    if (half === '' && halves.length === 2) continue;
    const groups = half.split(':');
    const last = groups.at(-1) ?? '';
    const isLastHalf = index === halves.length - 1;
    const mixed = isLastHalf && last.includes('.');
    if (mixed && !isIpv4(last)) return false;
    if (!(mixed ? groups.slice(0, -1) : groups).every((group) => hex.test(group))) return false;
    size += groups.length + (mixed ? 1 : 0);
  }
  return halves.length === 2 ? size < 8 : size === 8;
}

function isMailbox(text: string, isLocal: (local: string) => boolean, isHost: (host: string) => boolean): boolean {
  const at = text.lastIndexOf('@');
  if (at < 1) return false;
  const host = text.slice(at + 1);
  return (host.startsWith('[') ? isAddressLiteral(host) : isHost(host)) && isLocal(text.slice(0, at));
}

function isAddressLiteral(text: string): boolean {
  const [, version, address = ''] = /^\[(IPv6:)?(.*)\]$/i.exec(text) ?? [];
  return version === undefined ? isIpv4(address) : isIpv6(address);
}

/** `email`. @see https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2 */
export function isEmail(text: string): boolean {
  if (text.length <= 253 && plainMailbox.test(text)) return true;
  return isMailbox(text, (local) => atom.test(local) || quotedText.test(local), isHostname);
}

/** `idn-email`. @see https://www.rfc-editor.org/rfc/rfc6531#section-3.3 */
export function isIdnEmail(text: string): boolean {
  return isMailbox(
    text,
    (local) => wideAtom.test(local) || wideQuotedText.test(local),
    (host) => isIdnHostname(host.normalize('NFC')),
  );
}
