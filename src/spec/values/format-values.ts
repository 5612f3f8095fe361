/** For each string format: ordinary values, valid ones that are easily refused, and invalid ones that are easily accepted. A table, no logic. */
import type { Random } from './random.ts';
import type { ValueConfidence } from './value-options.ts';

/** A value with what is special about it. */
interface FormatValue {
  readonly text: string;
  /** Completes the sentence "`name` …": `on a leap day`. */
  readonly what: string;
  /** `certain` where it is left out. */
  readonly confidence?: ValueConfidence;
}

interface FormatEntry {
  readonly ordinary: (random: Random) => string;
  readonly valid: readonly FormatValue[];
  /** Empty where what is valid is a matter of debate. */
  readonly invalid: readonly FormatValue[];
}

const hex = (random: Random, length: number): string => Array.from({ length }, () => random.integer(0, 15).toString(16)).join('');
const two = (value: number): string => String(value).padStart(2, '0');
const day = (random: Random): string => `2024-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`;
const clock = (random: Random): string => `${two(random.integer(8, 17))}:${two(random.integer(0, 59))}:00`;
const uuid = (random: Random): string => `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`;
const words = ['alpha', 'birch', 'cedar', 'delta', 'ember'] as const;
const address = (random: Random): string => `https://example.com/${random.pick(words)}`;
const mail = (random: Random): string => `${random.pick(words)}@example.com`;

/** Which schemes, hosts and parts an address may have is a rule that no format tells. */
const addressValues: readonly FormatValue[] = [
  { text: 'https://example.com/search?q=a%20b&page=2', what: 'with a query', confidence: 'likely' },
  { text: 'https://example.com/a#part', what: 'with a fragment', confidence: 'likely' },
  { text: 'http://example.com:8080/', what: 'with a port', confidence: 'likely' },
  { text: 'http://a.test', what: 'of few characters', confidence: 'likely' },
  { text: 'HTTPS://EXAMPLE.COM/A', what: 'in upper case', confidence: 'likely' },
];
const noAddress: readonly FormatValue[] = [
  { text: 'not a uri', what: 'with spaces and no scheme' },
  { text: 'example.com/a', what: 'without a scheme', confidence: 'likely' },
];

/**
 * The formats by name.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3
 * @see https://spec.openapis.org/registry/format/
 */
export const formatValues: Readonly<Record<string, FormatEntry>> = {
  date: {
    ordinary: day,
    valid: [
      { text: '2024-02-29', what: 'on a leap day' },
      { text: '1999-12-31', what: 'in the last century' },
      { text: '1900-01-01', what: 'early', confidence: 'likely' },
      { text: '9999-12-31', what: 'late', confidence: 'likely' },
    ],
    invalid: [
      { text: 'yesterday', what: 'as a word' },
      { text: '2023-02-29', what: 'on a leap day of a common year' },
      { text: '2024-13-01', what: 'in a thirteenth month' },
      { text: '17.05.2024', what: 'in another notation', confidence: 'likely' },
    ],
  },
  'date-time': {
    ordinary: (random) => `${day(random)}T${clock(random)}Z`,
    valid: [
      { text: '2024-02-29T12:00:00Z', what: 'on a leap day' },
      { text: '2024-05-17T12:30:00+05:30', what: 'with an offset of half an hour' },
      { text: '2024-05-17T12:30:00-11:00', what: 'with a negative offset' },
      { text: '2024-05-17T12:30:00.123456Z', what: 'with microseconds' },
      { text: '2024-12-31T23:59:59Z', what: 'in the last second of a year' },
      { text: '1900-01-01T00:00:00Z', what: 'early', confidence: 'likely' },
      { text: '9999-12-31T23:59:59Z', what: 'late', confidence: 'likely' },
      { text: '2024-05-17t12:30:00z', what: 'with lower-case letters', confidence: 'unsure' },
    ],
    invalid: [
      { text: 'yesterday', what: 'as a word' },
      { text: '2023-02-29T12:00:00Z', what: 'on a leap day of a common year' },
      { text: '2024-05-17T25:00:00Z', what: 'in a twenty-fifth hour' },
      { text: '2024-05-17T12:30:00', what: 'without an offset', confidence: 'unsure' },
      { text: '2024-05-17', what: 'without a time', confidence: 'unsure' },
    ],
  },
  time: {
    ordinary: (random) => `${clock(random)}Z`,
    valid: [
      { text: '00:00:00Z', what: 'at midnight' },
      { text: '23:59:59Z', what: 'in the last second of a day' },
      { text: '12:30:00.5+05:30', what: 'with a fraction and an offset', confidence: 'likely' },
    ],
    invalid: [
      { text: 'noon', what: 'as a word' },
      { text: '25:00:00Z', what: 'in a twenty-fifth hour' },
      { text: '12:30:00', what: 'without an offset', confidence: 'unsure' },
    ],
  },
  duration: {
    ordinary: (random) => `PT${random.integer(1, 12)}H`,
    valid: [
      { text: 'PT0S', what: 'of no time' },
      { text: 'P1Y2M3DT4H5M6S', what: 'with every unit', confidence: 'likely' },
      { text: 'P2W', what: 'in weeks', confidence: 'likely' },
    ],
    invalid: [
      { text: 'two hours', what: 'as words' },
      { text: 'P', what: 'without any unit' },
    ],
  },
  email: {
    ordinary: mail,
    valid: [
      { text: 'sample+tag@example.com', what: 'with a plus tag' },
      { text: "o'neill@example.com", what: 'with an apostrophe', confidence: 'likely' },
      { text: 'sample@mail.sub.example.com', what: 'at a subdomain' },
      { text: 'SAMPLE@EXAMPLE.COM', what: 'in upper case' },
    ],
    invalid: [
      { text: 'nobody', what: 'without a domain' },
      { text: 'nobody@', what: 'with an empty domain' },
      { text: 'a b@example.com', what: 'with a space' },
    ],
  },
  'idn-email': {
    ordinary: mail,
    valid: [{ text: 'sample+tag@example.com', what: 'with a plus tag' }],
    invalid: [{ text: 'nobody', what: 'without a domain' }],
  },
  uuid: {
    ordinary: uuid,
    valid: [
      { text: '3F2504E0-4F89-41D3-9A0C-0305E82C3301', what: 'in upper case', confidence: 'likely' },
      { text: '00000000-0000-0000-0000-000000000000', what: 'as the nil UUID', confidence: 'likely' },
      { text: '017f22e2-79b0-7cc3-98c4-dc0c0c07398f', what: 'of version 7', confidence: 'likely' },
    ],
    invalid: [
      { text: 'not-a-uuid', what: 'as words' },
      { text: '3f2504e0-4f89-41d3-9a0c-0305e82c330', what: 'one digit short' },
      { text: '3f2504e0-4f89-41d3-9a0c-0305e82c330g', what: 'with a letter that is no digit' },
    ],
  },
  uri: {
    ordinary: address,
    valid: [...addressValues, { text: 'urn:example:sample:1', what: 'as a URN', confidence: 'unsure' }],
    invalid: noAddress,
  },
  url: { ordinary: address, valid: addressValues, invalid: noAddress },
  iri: { ordinary: address, valid: addressValues, invalid: [] },
  'uri-reference': {
    ordinary: (random) => `/${random.pick(words)}`,
    valid: [
      { text: 'https://example.com/a', what: 'as an absolute URI' },
      { text: '../a?b#c', what: 'as a relative path', confidence: 'likely' },
    ],
    invalid: [{ text: 'with spaces\\', what: 'with spaces and a backslash', confidence: 'likely' }],
  },
  'iri-reference': { ordinary: (random) => `/${random.pick(words)}`, valid: [], invalid: [] },
  'uri-template': {
    ordinary: () => '/items/{id}',
    valid: [],
    invalid: [{ text: '/items/{id', what: 'with an open brace', confidence: 'likely' }],
  },
  hostname: {
    ordinary: (random) => `${random.pick(words)}.example.com`,
    valid: [
      { text: 'localhost', what: 'with a single label', confidence: 'likely' },
      { text: 'xn--bcher-kva.example', what: 'with an encoded umlaut', confidence: 'likely' },
    ],
    invalid: [
      { text: 'no host', what: 'with a space' },
      { text: '-a.example.com', what: 'with a leading hyphen', confidence: 'likely' },
    ],
  },
  'idn-hostname': { ordinary: (random) => `${random.pick(words)}.example.com`, valid: [], invalid: [] },
  ipv4: {
    ordinary: (random) => `192.0.2.${random.integer(1, 254)}`,
    valid: [
      { text: '0.0.0.0', what: 'as the lowest address', confidence: 'likely' },
      { text: '255.255.255.255', what: 'as the highest address', confidence: 'likely' },
    ],
    invalid: [
      { text: '192.0.2.256', what: 'with a number above 255' },
      { text: '192.0.2', what: 'with three numbers' },
      { text: '2001:db8::1', what: 'as an IPv6 address' },
    ],
  },
  ipv6: {
    ordinary: (random) => `2001:db8::${hex(random, 3)}1`,
    valid: [
      { text: '::1', what: 'as the loopback address' },
      { text: '2001:db8:0:0:0:0:0:1', what: 'written out' },
      { text: '::ffff:192.0.2.1', what: 'with an IPv4 tail', confidence: 'likely' },
    ],
    invalid: [
      { text: '2001:db8::g', what: 'with a letter that is no digit' },
      { text: '192.0.2.1', what: 'as an IPv4 address' },
    ],
  },
  'json-pointer': {
    ordinary: () => '/items/0',
    valid: [{ text: '', what: 'as the root' }],
    invalid: [{ text: 'items', what: 'without a leading slash' }],
  },
  'relative-json-pointer': { ordinary: () => '1/items', valid: [], invalid: [{ text: '/items', what: 'without a number' }] },
  regex: { ordinary: () => '^[a-z]+$', valid: [], invalid: [{ text: '(', what: 'with an open group' }] },
  byte: {
    ordinary: () => 'c2FtcGxl',
    valid: [{ text: 'c2FtcGxlcw==', what: 'with padding' }],
    invalid: [{ text: '%%%', what: 'with characters outside Base64' }],
  },
};
