import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { jsonLocator } from '../../../src/spec/locate-json.ts';

const text = `\uFEFF {
  "a": [1, "two, ]", { "b": null }, [[], {}], "\\\\"],
  "q\\"uo:te" : { "": true,"\\u00e9":-1.5e3 },
  "e{": "",
  "last": [ ]
}`;

/** Every place of the text, as an independent parser sees it: the way there and the offset of its name, or of the item of a list. */
function places(node: Node, way: readonly string[]): (readonly [readonly string[], number])[] {
  const children = node.type === 'property' ? [] : (node.children ?? []);
  return children.flatMap((child, index) => {
    const value = child.type === 'property' ? child.children?.[1] : child;
    const name = child.type === 'property' ? String(child.children?.[0]?.value) : String(index);
    return value ? [[[...way, name], child.offset] as const, ...places(value, [...way, name])] : [];
  });
}

test('finds every place where another parser finds it', () => {
  const locate = jsonLocator(text);
  const root = parseTree(text.slice(1)) as Node;
  const all = places(root, []);
  expect(all.length).toBe(14);
  for (const [way, offset] of all) expect([way, locate(way)]).toEqual([way, { offset: offset + 1, depth: way.length }]);
  expect(findNodeAtLocation(root, ['a', 2, 'b'])?.type).toBe('null');
});

const rows: readonly (readonly [string, readonly string[], number])[] = [
  ['a member that is not there', ['a', '2', 'c'], 2],
  ['an index beyond the list', ['a', '9'], 1],
  ['a member of a text', ['e{', 'x'], 1],
  ['a name of no object', ['zzz'], 0],
];
test.each(rows)('%s is told by its nearest ancestor', (_, way, depth) => {
  const locate = jsonLocator(text);
  expect(locate(way)).toEqual(locate(way.slice(0, depth)));
});

test.each(['{', '{"a', '{"a":', '[1,', '{a: 1}', '{"a":}', '["\\'])('ends in a text that is no JSON: %s', (broken) => {
  expect(jsonLocator(broken)(['a', 'b']).depth).toBeLessThan(2);
});
