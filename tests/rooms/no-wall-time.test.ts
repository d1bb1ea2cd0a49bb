/**
 * No test decides by wall time: waits name no limit of their own, so that a busy machine fails nothing
 * (CONTRIBUTING.md, "Adding a test").
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const filesOf = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .filter((name) => name !== join('tests/rooms', 'no-wall-time.test.ts'));

const LIMITS =
  /\btimeout: ?[\d_]|\{ ?timeout ?\}|waitForTimeout\(|test\.setTimeout\(|vi\.wait(?:For|Until)\(|^\}, [\d_]+\);$|^ {2}\}, \d+_000\);$/;

it.each(['e2e', 'tests'])('%s', (folder) => {
  const found = filesOf(folder).flatMap((file) =>
    readFileSync(join(ROOT, file), 'utf8')
      .split('\n')
      .flatMap((line, i) => (LIMITS.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [])),
  );
  expect(found).toEqual([]);
});
