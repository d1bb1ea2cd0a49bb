/** Words that nothing says any more are found: each key of the page's English is asked for somewhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { expect, it } from 'vitest';
import { en } from '../../src/app/i18n/en/index';

/** Found by codes and ids: tests/errors and translations.test.ts know which there must be. */
const BY_CODE = ['errors', 'reasons', 'backendDetail', 'strategy', 'scores', 'scoresOfNumbers'];

type Tree = { readonly [key: string]: string | Tree | undefined };
const leaves = (tree: Tree, path = ''): readonly string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${path}${key}`] : leaves(value ?? {}, `${path}${key}.`),
  );

/** Whole keys, and patterns of those that are put together: `split.${kind}` is `split.` and anything. */
const asked = new Set<string>();
const patterns: RegExp[] = [];

function collect(node: unknown): void {
  if (Array.isArray(node)) return node.forEach(collect);
  if (typeof node !== 'object' || node === null) return;
  const { type, value, quasis } = node as {
    readonly type?: string;
    readonly value?: unknown;
    readonly quasis?: readonly { readonly value: { readonly cooked: string } }[];
  };
  if (type === 'Literal' && typeof value === 'string') asked.add(value);
  if (type === 'TemplateLiteral' && quasis) {
    const texts = quasis.map((one) => one.value.cooked);
    if (texts.length === 1) asked.add(texts[0]!);
    // One that begins with a value says nothing about which keys it makes.
    else if (texts[0]!.includes('.')) patterns.push(new RegExp(`^${texts.map(escaped).join('.+')}$`));
  }
  Object.values(node).forEach(collect);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

it('has no key that nothing asks for', () => {
  for (const folder of ['src', 'workers'])
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const file = join(folder, name);
      if (!/\.tsx?$/.test(file) || file.includes('i18n')) continue;
      collect(parseAst(readFileSync(file, 'utf8'), { lang: file.endsWith('x') ? 'tsx' : 'ts' }));
    }
  const keys = [...new Set(leaves(en).map((key) => key.replace(/_(one|other)$/, '')))];
  expect(keys.length).toBeGreaterThan(1000);
  const unused = keys.filter(
    (key) =>
      !BY_CODE.includes(key.split('.')[0]!) &&
      !asked.has(key) &&
      !patterns.some((pattern) => pattern.test(key)),
  );
  expect(unused).toEqual([]);
});
