/**
 * The pages docs/adding-*.md keep their promise. Each diff is applied to a copy of the sources, all together are
 * compiled and formatted; and one run trains with every one of them: a corpus, a split, an augmentation, an
 * architecture with an operation of its own, a loss, a strategy, an optimiser and a schedule that no line of the
 * program knows but its registry (decision 39). What it must give is said here by hand.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyChange, copyOfSources, howTos } from '../support/how-to';
import { trainWithAll } from '../support/all-together/run';

const PAGES = howTos().filter(({ page }) => page !== 'adding-a-kernel.md');
const DIFFS = PAGES.flatMap(({ page, diffs }) => diffs.map((changes) => ({ page, changes })));
let root = '';

beforeAll(() => {
  root = copyOfSources();
  for (const { changes } of DIFFS) for (const change of changes) applyChange(root, change);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const tool = (name: string, ...args: readonly string[]): string => {
  try {
    execFileSync(process.execPath, [resolve('node_modules', name), ...args], { cwd: root, encoding: 'utf8' });
    return '';
  } catch (error) {
    return String((error as { readonly stdout?: unknown }).stdout ?? error);
  }
};

describe('the pages', () => {
  it('are there for every family', () => {
    expect(PAGES.map(({ page, diffs }) => [page, diffs.length])).toEqual([
      ['adding-a-corpus.md', 1],
      ['adding-a-screen.md', 1],
      ['adding-a-setting.md', 1],
      ['adding-a-split.md', 1],
      ['adding-a-strategy.md', 1],
      ['adding-a-task.md', 1],
      ['adding-an-architecture.md', 1],
      ['adding-an-augmentation.md', 1],
      ['adding-an-operation.md', 1],
      ['adding-an-optimiser.md', 2],
    ]);
  });

  it.each(DIFFS)('$page: one file, one registry, and its words', ({ page, changes }) => {
    const created = changes.filter((change) => change.created);
    const words = changes.filter(({ path }) => path.startsWith('src/app/i18n/'));
    const registries = changes.filter((change) => !created.includes(change) && !words.includes(change));
    // An operation has two: what it is, and how it is computed. A setting is an entry of its registry.
    const each = page === 'adding-an-operation.md' ? 2 : 1;
    expect([created.length, registries.length]).toEqual([page === 'adding-a-setting.md' ? 0 : each, each]);
    for (const { path } of registries)
      expect(path).toMatch(/registry\.ts$|backends\/host\.ts$|config\/plain-settings\.ts$/);
    expect([0, 2]).toContain(words.length);
    // Under a page.
    const lines = changes.flatMap(({ hunks }) => hunks.flat()).filter((line) => /^[+-]/.test(line));
    expect(lines.length).toBeLessThanOrEqual(70);
  });

  it('compile, all together', () => {
    expect(tool('typescript/bin/tsc', '-p', 'tsconfig.how-to.json')).toBe('');
  });

  it('are formatted as everything else', () => {
    const paths = [...new Set(DIFFS.flatMap(({ changes }) => changes.map(({ path }) => path)))];
    expect(tool('oxfmt/bin/oxfmt', '--check', ...paths)).toBe('');
  });
});

it('train a run in which everything is new', async () => {
  await trainWithAll(join(root, 'src'), join(root, 'tests'));
});
