/**
 * The pages docs/adding-*.md as what they are: changes to the sources. Reads their diffs and applies them to a
 * copy. A hunk has no line numbers: what stands around it must occur exactly once in its file.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export interface FileChange {
  /** From the project's folder. */
  readonly path: string;
  readonly created: boolean;
  readonly hunks: readonly (readonly string[])[];
}

export interface HowTo {
  readonly page: string;
  /** One list a diff: a page may add two things, each on its own. */
  readonly diffs: readonly (readonly FileChange[])[];
}

/** Every page, in order of name. */
export const howTos = (): readonly HowTo[] =>
  readdirSync('docs')
    .filter((name) => /^adding-.*\.md$/.test(name))
    .sort()
    .map((page) => ({
      page,
      diffs: [...readFileSync(join('docs', page), 'utf8').matchAll(/^```diff\n([\s\S]*?)^```$/gm)].map(
        ([, text]) => changesOf(text!),
      ),
    }));

/** @throws Error for a line that belongs to no file */
function changesOf(text: string): readonly FileChange[] {
  const changes: { path: string; created: boolean; hunks: string[][] }[] = [];
  let created = false;
  for (const line of text.trimEnd().split('\n')) {
    if (line.startsWith('--- ')) created = line === '--- /dev/null';
    else if (line.startsWith('+++ b/')) changes.push({ path: line.slice(6), created, hunks: [] });
    else if (line === '@@') changes.at(-1)!.hunks.push([]);
    else if (/^[ +-]|^$/.test(line) && changes.at(-1)?.hunks.length) changes.at(-1)!.hunks.at(-1)!.push(line);
    else throw new Error(`Not a line of a diff: ${line}`);
  }
  return changes;
}

/** @throws Error where a hunk does not fit exactly one place of its file */
export function applyChange(root: string, { path, created, hunks }: FileChange): void {
  const file = join(root, path);
  if (created) {
    if (existsSync(file)) throw new Error(`${path} exists already`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${hunks.flatMap((hunk) => after(hunk)).join('\n')}\n`);
    return;
  }
  let text = readFileSync(file, 'utf8');
  for (const hunk of hunks) {
    const old = `\n${before(hunk).join('\n')}\n`;
    const parts = `\n${text}`.split(old);
    if (parts.length !== 2) throw new Error(`${path}: found ${parts.length - 1} times, not once:${old}`);
    text = parts.join(`\n${after(hunk).join('\n')}\n`).slice(1);
  }
  writeFileSync(file, text);
}

const before = (hunk: readonly string[]): string[] =>
  hunk.filter((line) => !line.startsWith('+')).map((line) => line.slice(1));
const after = (hunk: readonly string[]): string[] =>
  hunk.filter((line) => !line.startsWith('-')).map((line) => line.slice(1));

/** What is compiled and run of a copy. */
const COPIED = ['src', 'types', 'tests/support', 'tests/engine/runs.ts', 'package.json', '.oxfmtrc.json'];
const CONFIGURED = /^tsconfig.*\.json$/;

/** A copy of the sources in a temporary folder, with the packages of this one. */
export function copyOfSources(): string {
  const root = mkdtempSync(join(tmpdir(), 'equipoise-how-to-'));
  for (const path of [...COPIED, ...readdirSync('.').filter((name) => CONFIGURED.test(name))])
    cpSync(path, join(root, path), { recursive: true });
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  writeFileSync(
    join(root, 'tsconfig.how-to.json'),
    JSON.stringify({ extends: './tsconfig.node.json', include: ['src', 'types', 'tests/engine/runs.ts'] }),
  );
  return root;
}
