/** Every file and folder that a page of the documentation names is there, and every link of it leads somewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync('reference')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `reference/${name}`),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
/** Folders that a path may begin with: of the project, or of src. */
const ROOTS = readdirSync('.', { withFileTypes: true })
  .concat(readdirSync('src', { withFileTypes: true }))
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
  .map(({ name }) => name);
const PATH = new RegExp(`^(?:\\.\\./)*(?:${ROOTS.join('|')})/[\\w./-]*[\\w/]$`);

/** What the diffs of the how-to pages create, and what a page says is not there any more or not yet. */
const withoutDiffs = (text: string): string => text.replaceAll(/^```diff\n[\s\S]*?^```$/gm, '');

it.each(PAGES)('%s', (page) => {
  const text = withoutDiffs(readFileSync(page, 'utf8'));
  const named = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!).filter((code) => PATH.test(code));
  const inBlocks = [...text.matchAll(/^```\n([\s\S]*?)^```$/gm)].flatMap(([, block]) =>
    block!.split(/[\s(),]+/).filter((word) => PATH.test(word) && /\.\w+$/.test(word)),
  );
  const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, to]) => to!)
    .filter((to) => !/^[a-z]+:/.test(to));
  const found = (path: string): boolean => {
    const bare = path.replace(/^(\.\.\/)+/, '');
    return [bare, `src/${bare}`].some(
      (one) => existsSync(one) || ['.ts', '.tsx'].some((end) => existsSync(one + end)),
    );
  };
  expect([
    ...[...named, ...inBlocks].filter((path) => !found(path)),
    ...links.filter((to) => !existsSync(join(dirname(page), to))).map((to) => `](${to})`),
  ]).toEqual([]);
});
