/**
 * Sentences of errors stand in the catalogue (src/core/errors/catalogue) and nowhere else: whoever raises an
 * error gives a code and values.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { expect, it } from 'vitest';
import * as classes from '../../src/core/errors/classes';

type Node = Readonly<Record<string, unknown>> & { readonly type: string };
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value;

function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* nodesOf(one);
  else if (isNode(value)) {
    yield value;
    for (const child of Object.values(value)) yield* nodesOf(child);
  }
}

/** Those with a code, and plain ones, which are nothing but a sentence; `CancelledError` is given what was called off. */
const OURS = new Set([
  'Error',
  'RangeError',
  'TypeError',
  ...Object.keys(classes).filter((name) => name !== 'CancelledError'),
]);

/** Files whose errors get a code elsewhere. */
const ALLOWED: Readonly<Record<string, string>> = {
  'workers/lib/decode-coded.ts': 'what a decoder does becomes the reason of an AudioError',
  'workers/lib/audio-data.ts': 'the same',
  'src/core/corpus/tables/named-cells.ts': 'caught beside it, and told as a problem of the file',
};

/** A text with two words or more. */
const isProse = (node: Node): boolean => {
  const text =
    node.type === 'Literal'
      ? String(node['value'])
      : node.type === 'TemplateLiteral'
        ? (node['quasis'] as readonly { readonly value: { readonly raw: string } }[])
            .map(({ value }) => value.raw)
            .join('…')
        : '';
  return /\p{L}\s+[\p{L}…]|…\s+\p{L}/u.test(text);
};

/** The errors of a source that are given a sentence: their class and where the sentence begins. */
function proseIn(source: string, lang: 'ts' | 'tsx'): readonly string[] {
  return [...nodesOf(parseAst(source, { lang }))].flatMap((node) => {
    if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return [];
    const { name } = node['callee'] as { readonly name?: string };
    if (name === undefined || !OURS.has(name)) return [];
    const given = (node['arguments'] as readonly Node[]).flatMap((one) => [...nodesOf(one)]);
    return given.some(isProse) ? [name] : [];
  });
}

it('recognises a sentence', () => {
  expect(proseIn('throw new ConfigError(`no ${id}`, { id });', 'ts')).toEqual(['ConfigError']);
  expect(proseIn("throw new ConfigError(code, ok ? 'one thing' : x);", 'ts')).toEqual(['ConfigError']);
  expect(proseIn("throw new Error('no memory');", 'ts')).toEqual(['Error']);
  expect(proseIn("throw new ConfigError('unknown-loss', { id, at: `${a}, ${b}` });", 'ts')).toEqual([]);
});

/** Third arguments of `report` and values of `detail` that are sentences: those stand in src/core/errors/clauses.ts. */
const remarksIn = (source: string): readonly string[] =>
  [...nodesOf(parseAst(source, { lang: 'ts' }))].flatMap((node) => {
    if (node.type === 'Property')
      return (node['key'] as { readonly name?: string }).name === 'detail' && isProse(node['value'] as Node)
        ? ['detail']
        : [];
    if (node.type !== 'CallExpression') return [];
    const said = (node['arguments'] as readonly Node[])[2];
    return (node['callee'] as { readonly name?: string }).name === 'report' && said && isProse(said)
      ? ['report']
      : [];
  });

it('no problem of a file is reported by a sentence', () => {
  expect(remarksIn("report('bad-row', path, 'two words', { kept: true });")).toEqual(['report']);
  expect(remarksIn('const one = { detail: `the ${n} of it` };')).toEqual(['detail']);
  expect(remarksIn("report('bad-row', path, { key: 'rowTimes', values }, { kept: true });")).toEqual([]);
  const files = ['src/core', 'workers', 'src/storage', 'src/engine'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  );
  expect(
    files.flatMap((file) => remarksIn(readFileSync(file, 'utf8')).map((what) => `${file}: ${what}`)),
  ).toEqual([]);
});

it('no error is given a sentence where it is raised', () => {
  const files = ['src', 'workers'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(500);
  const found = files
    .filter((file) => !(file in ALLOWED))
    .flatMap((file) =>
      proseIn(readFileSync(file, 'utf8'), file.endsWith('x') ? 'tsx' : 'ts').map(
        (name) => `${file}: ${name}`,
      ),
    );
  expect(found).toEqual([]);
});
