/** Ordinary texts and numbers for a property's name: what a person would type there. A table and its look-up. */
import type { Random } from './random.ts';

type Choices = readonly [string, ...string[]];

const nouns: Choices = ['alpha', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'heron'];

/** Names that speak of a notation. First match wins; tested against the name in snake_case. */
const telling: readonly (readonly [RegExp, Choices])[] = [
  [/(^|_)e?mail(_address)?$/, ['alpha@example.com', 'birch@example.com', 'cedar@example.com']],
  [/(^|_)(ur[il]|link|href|website|homepage|webhook|callback)$/, ['https://example.com/alpha', 'https://example.com/birch']],
  [/(^|_)(uuid|guid)$/, ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', '9b2b7c1e-53a1-4b8e-8d3c-1f5a7f0c2d64']],
  [/(^|_)(path|directory|dir|folder)$/, ['/home/sample', '/tmp/sample']],
  [/(^|_)(phone|mobile|tel|telephone|fax)(_number)?$/, ['+4366012345', '+14155550100']],
  [/(_at|_on|_time|timestamp|datetime)$/, ['2024-05-17T12:30:00Z', '2024-06-01T08:00:00Z']],
  [/(^|_)(date|day|birthday|dob)$/, ['2024-05-17', '2024-06-01']],
  [/(^|_)(country|country_code|nationality)$/, ['AT', 'NO']],
  [/(^|_)(zip|zip_?code|postal_?code|postcode)$/, ['1010', '8010']],
  [/(^|_)currency(_code)?$/, ['EUR', 'USD']],
  [/(^|_)(price|amount|total|cost)$/, ['9.99', '12.50']],
  [/(^|_)(lang|language|locale)(_code)?$/, ['en', 'de']],
  [/(^|_)(time_?zone|tz)$/, ['Europe/Vienna', 'UTC']],
  [/(^|_)colou?r$/, ['#336699', '#993366']],
  [/(^|_)version$/, ['1.0.0', '1.2.0']],
  [/(^|_)(ip|ip_?address)$/, ['192.0.2.1', '192.0.2.7']],
  [/(^|_)(host|host_?name|domain)$/, ['alpha.example.com', 'birch.example.com']],
];

/** Names of texts that may say anything. */
const prose: readonly (readonly [RegExp, Choices])[] = [
  [/(^|_)(first|given)_?name$/, ['Ada', 'Grace', 'Alan']],
  [/(^|_)(last|family|sur)_?name$/, ['Lovelace', 'Hopper', 'Turing']],
  [/(^|_)(user_?name|login|owner|author|user)$/, ['ada', 'grace', 'alan']],
  [/(^|_)(file_?name|file)$/, ['sample.txt', 'notes.txt']],
  [
    /(^|_)(description|summary|comment|note|notes|text|message|body|content|details|reason)$/,
    ['A short text about it.', 'Made to see how it works.'],
  ],
  [/(^|_)(title|subject|headline)$/, ['A first sample', 'Another sample']],
  [/(^|_)city$/, ['Vienna', 'Graz']],
  [/(^|_)(street|address|address_line_?\d?)$/, ['1 Sample Street', '2 Example Road']],
  [/(^|_)(state|province|region)$/, ['Vienna', 'Styria']],
  [/(^|_)(password|secret)$/, ['Sample-Passw0rd', 'Sample-Passw0rd-2']],
  [/(^|_)ids?$/, ['a1', 'b2', 'c3']],
];

/** An ordinary text for a property of that name. */
export function realisticText(name: string, random: Random): string {
  const key = snakeCase(name);
  const choices = [...telling, ...prose].find(([pattern]) => pattern.test(key))?.[1];
  return random.pick(choices ?? nouns);
}

/** Whether the name speaks of a notation, which the schema then need not tell. */
export function isTelling(name: string): boolean {
  const key = snakeCase(name);
  return telling.some(([pattern]) => pattern.test(key));
}

/** Whether a property of that name holds a free name that people choose, and that often has to be unique. */
export function isNaming(name: string): boolean {
  return /(^|_)(name|title|label|identifier|slug|username|login|alias|key)$/.test(snakeCase(name));
}

/** Whether a property of that name holds an e-mail address, which often has to be unique. */
export function isMail(name: string): boolean {
  return /(^|_)e?mail(_address)?$/.test(snakeCase(name));
}

const numbers: readonly (readonly [RegExp, number, number])[] = [
  [/(^|_)ids?$/, 1, 9],
  [/(^|_)page(_number)?$/, 1, 1],
  [/(^|_)(offset|skip)$/, 0, 0],
  [/(^|_)(limit|size|per_page|page_size|count|top)$/, 10, 20],
  // what holds things has room for many a small quantity of them
  [/(^|_)(capacity|quota|allowance|balance|budget)$/, 200, 400],
  [/(^|_)(quantity|qty)$/, 1, 5],
  [/(^|_)port$/, 8080, 8089],
  [/(^|_)year$/, 2020, 2024],
  [/(^|_)month$/, 1, 12],
  [/(^|_)day$/, 1, 28],
  [/(^|_)age$/, 20, 60],
  [/(^|_)(lat|latitude)$/, 47, 48],
  [/(^|_)(lon|lng|longitude)$/, 13, 16],
];

/** An ordinary number for a property of that name: small and positive. */
export function realisticNumber(name: string, random: Random): number {
  const key = snakeCase(name);
  const found = numbers.find(([pattern]) => pattern.test(key));
  return random.integer(found?.[1] ?? 1, found?.[2] ?? 20);
}

function snakeCase(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/[-.\s[\]]+/g, '_')
    .replace(/_$/, '')
    .toLowerCase();
}
