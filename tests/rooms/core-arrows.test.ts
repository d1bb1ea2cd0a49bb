/**
 * Inside core, too, imports run one way: from a folder to those below it (docs/architecture.md). The linter
 * guards it; this proves that every arrow upwards is refused, every one downwards passes, and that no folder
 * of core is missing from the order.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrowCases, lint, ROOT, type Case } from './lint';

/** From the bottom to the top. A name without a folder is one file. */
const ORDER = [
  'errors',
  'random',
  'options',
  'audio',
  'spectrogram',
  'tasks',
  'corpus',
  'synth',
  'splits',
  'preflight',
  'augment',
  'model',
  'weights',
  'optim',
  'weighting',
  'config',
  'training',
  'run',
  'stats',
  'compare',
  'export',
  'import',
  'bench',
  'paper',
  'protocol',
] as const;
/** Below all but errors. */
const FILES = ['migration', 'progress', 'sha256', 'sorted-json', 'version'];

const arrow = (from: string, to: string, depth: string): Case[] =>
  arrowCases(`src/core/${from}${depth}`, to, `${depth === '' ? '../' : '../../'}${to}/x`);

const PAIRS = ORDER.flatMap((from, i) => ORDER.map((to, j) => ({ from, to, up: j > i, same: i === j })));
const UPWARDS = PAIRS.filter(({ up }) => up).flatMap(({ from, to }) => [
  ...arrow(from, to, ''),
  ...arrow(from, to, '/parts'),
]);
const DOWNWARDS = PAIRS.filter(({ up, same }) => !up && !same).flatMap(({ from, to }) => [
  ...arrow(from, to, ''),
  ...arrow(from, to, '/parts'),
]);

describe('arrows inside core', () => {
  let folder = '';
  let broken: ReadonlyMap<string, readonly string[]>;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'equipoise-core-'));
    broken = lint([...UPWARDS, ...DOWNWARDS], folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(ORDER)('%s imports nothing above it', (room) => {
    const cases = UPWARDS.filter(({ file }) => file.startsWith(`src/core/${room}/`));
    const passed = cases.filter(
      ({ file }) => !broken.get(file)?.some((code) => code.includes('no-restricted-imports')),
    );
    expect(passed.map(({ file }) => file)).toEqual([]);
  });

  it.each(ORDER)('%s may import everything below it', (room) => {
    const cases = DOWNWARDS.filter(({ file }) => file.startsWith(`src/core/${room}/`));
    const refused = cases.filter(({ file }) =>
      broken.get(file)?.some((code) => code.includes('no-restricted')),
    );
    expect(refused.map(({ file }) => file)).toEqual([]);
  });
});

it('every folder of core has its place in the order', () => {
  const entries = readdirSync(join(ROOT, 'src/core'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(folders.filter((name) => !ORDER.some((placed) => placed === name))).toEqual([]);
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name.replace('.ts', ''));
  expect(files.toSorted()).toEqual(FILES);
});
