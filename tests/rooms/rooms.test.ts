/**
 * The arrows between the rooms are guarded by the linter; this proves that the guard is awake.
 * Every forbidden import is written into a scratch copy of the tree and must be refused, every allowed one
 * must pass. It also checks what the linter cannot: that no file of ours switches the linter off.
 */
import { spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrowCases, lint, OXLINT, ROOT, type Case } from './lint';

const ROOMS = ['app', 'screens', 'ui', 'state', 'clients', 'storage', 'engine', 'core', 'workers'] as const;
type Room = (typeof ROOMS)[number];

/** For each room, the other rooms whose values it may import. */
const ARROWS: Readonly<Record<Room, readonly Room[]>> = {
  app: ['screens', 'ui', 'state', 'core'],
  screens: ['ui', 'state', 'core'],
  ui: ['core'],
  state: ['clients', 'core'],
  clients: ['storage', 'core'],
  workers: ['engine', 'storage', 'core'],
  engine: ['core'],
  storage: ['core'],
  core: [],
};

/** A file of each room at its usual depth, and how a specifier climbs from there to `src/`. */
const HOME: Readonly<Record<Room, { readonly folder: string; readonly up: string }>> = {
  app: { folder: 'src/app', up: '../' },
  screens: { folder: 'src/screens/train', up: '../../' },
  ui: { folder: 'src/ui/charts', up: '../../' },
  state: { folder: 'src/state', up: '../' },
  clients: { folder: 'src/clients', up: '../' },
  storage: { folder: 'src/storage', up: '../' },
  engine: { folder: 'src/engine/kernels', up: '../../' },
  core: { folder: 'src/core/training', up: '../../' },
  workers: { folder: 'workers', up: '../src/' },
};

const specifier = (from: Room, to: Room): string =>
  to === 'workers'
    ? `${HOME[from].up}../workers/x`
    : `${HOME[from].up}${to}/${to === 'screens' ? 'data/' : ''}x`;

const named = (text: string): string => text.replaceAll(/[^a-z]+/gi, '-');

const arrow = (from: Room, to: Room): Case[] => arrowCases(HOME[from].folder, to, specifier(from, to));

const library = (folder: string, name: string): Case => ({
  file: `${folder}/lib-${named(name)}.ts`,
  code: `import * as lib from '${name}';\nexport const y = lib;\n`,
});

const pairs = ROOMS.flatMap((from) => ROOMS.filter((to) => to !== from).map((to) => [from, to] as const));

const FORBIDDEN: readonly Case[] = [
  ...pairs.filter(([from, to]) => !ARROWS[from].includes(to)).flatMap(([from, to]) => arrow(from, to)),
  {
    file: 'src/screens/train/other-screen.ts',
    code: "import { x } from '../data/x';\nexport const y = x;\n",
  },
  {
    file: 'src/screens/train/parts/other-screen.ts',
    code: "import { x } from '../../data/x';\nexport const y = x;\n",
  },
  ...ROOMS.filter((room) => room !== 'engine').map((room) =>
    library(HOME[room].folder, '@tensorflow/tfjs-core'),
  ),
  ...(['app', 'screens', 'ui', 'state', 'workers', 'engine', 'core'] as const).map((room) =>
    library(HOME[room].folder, 'idb'),
  ),
  ...(['clients', 'storage', 'engine', 'core', 'workers'] as const).map((room) =>
    library(HOME[room].folder, 'react'),
  ),
  library('src/core/training', 'node:fs'),
  { file: 'src/core/any.ts', code: 'export const f = (x: any): number => x;\n' },
  { file: 'src/core/ignore.ts', code: "// @ts-ignore\nexport const y: number = 'a';\n" },
  { file: 'src/core/random.ts', code: 'export const y = Math.random();\n' },
  { file: 'src/core/console.ts', code: "console.log('hello');\nexport {};\n" },
  { file: 'workers/console.ts', code: "console.log('hello');\nexport {};\n" },
];

const ALLOWED: readonly Case[] = [
  ...pairs.filter(([from, to]) => ARROWS[from].includes(to)).flatMap(([from, to]) => arrow(from, to)),
  {
    file: 'src/screens/train/parts/own.ts',
    code: "import { x } from '../x';\nimport { z } from '../../../ui/z';\nexport const y = [x, z];\n",
  },
  {
    file: 'src/state/type-of-storage.ts',
    code: "import type { X } from '../storage/x';\nexport type Y = X;\n",
  },
  { file: 'src/core/training/sibling.ts', code: "import { x } from '../model/x';\nexport const y = x;\n" },
  library('src/engine/kernels', '@tensorflow/tfjs-core'),
  library('src/storage', 'idb'),
  library('src/ui/charts', 'recharts'),
];

const EXPECTED: Readonly<Record<string, string>> = {
  'src/core/any.ts': 'no-explicit-any',
  'src/core/ignore.ts': 'ban-ts-comment',
  'src/core/random.ts': 'no-restricted-properties',
  'src/core/console.ts': 'no-console',
  'workers/console.ts': 'no-console',
};

describe('the linter', () => {
  let folder = '';
  let broken: ReadonlyMap<string, readonly string[]>;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'equipoise-rooms-'));
    broken = lint([...FORBIDDEN, ...ALLOWED], folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(FORBIDDEN)('refuses $file', ({ file }) => {
    expect(broken.get(file) ?? []).toContainEqual(
      expect.stringContaining(EXPECTED[file] ?? 'no-restricted-imports'),
    );
  });

  it.each(ALLOWED)('lets $file pass', ({ file }) => {
    expect((broken.get(file) ?? []).filter((code) => code.includes('no-restricted'))).toEqual([]);
  });
});

it('knows types: a forgotten promise is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'equipoise-types-'));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    '{ "compilerOptions": { "strict": true, "lib": ["ES2023"], "types": [] } }',
  );
  writeFileSync(join(folder, '.oxlintrc.json'), readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8'));
  writeFileSync(
    join(folder, 'a.ts'),
    'const f = async (): Promise<void> => {};\nexport const g = (): void => {\n  f();\n};\n',
  );
  // The type-aware half is a program of its own, looked for in the working directory's packages.
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const { stdout, status } = spawnSync(process.execPath, [OXLINT, '--format=unix', 'a.ts'], {
    cwd: folder,
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  expect(stdout).toContain('a.ts:3:3');
  expect(stdout).toContain('no-floating-promises');
  expect(status).toBe(1);
});

it('no file switches a rule or the compiler off', () => {
  const offences = ['src', 'workers', 'tests', 'e2e', 'bench', 'scripts']
    .flatMap((top) => filesBelow(join(ROOT, top)))
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && file !== import.meta.filename)
    .filter((file) =>
      /(?:ox|es)lint-disable|@ts-(?:ignore|nocheck|expect-error)/.test(readFileSync(file, 'utf8')),
    );
  expect(offences).toEqual([]);
});

function filesBelow(path: string): string[] {
  return statSync(path).isDirectory()
    ? readdirSync(path).flatMap((name) => filesBelow(join(path, name)))
    : [path];
}
