/** Lints files that do not exist with our configuration, in a scratch copy of the tree. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');
export const OXLINT = join(ROOT, 'node_modules/oxlint/bin/oxlint');

export interface Case {
  /** The importing file. */
  readonly file: string;
  /** What it says. */
  readonly code: string;
}

/** Two files per arrow: a plain import, and one on demand. @param folder of the importing file */
export const arrowCases = (folder: string, name: string, specifier: string): Case[] => [
  {
    file: `${folder}/static-${name}.ts`,
    code: `import { x } from '${specifier}';\nexport const y = x;\n`,
  },
  { file: `${folder}/dynamic-${name}.ts`, code: `export const y = () => import('${specifier}');\n` },
];

/** Lints the cases in a folder of their own; resolves to the rules that each file broke. */
export function lint(cases: readonly Case[], folder: string): ReadonlyMap<string, readonly string[]> {
  for (const { file, code } of cases) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), code);
  }
  // The scratch tree has no types; the rules under test need none.
  const config = readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8').replace(
    '"typeAware": true',
    '"typeAware": false',
  );
  writeFileSync(join(folder, '.oxlintrc.json'), config);
  const { stdout, stderr } = spawnSync(process.execPath, [OXLINT, '--format=json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (!stdout.startsWith('{')) throw new Error(`oxlint said: ${stdout}${stderr}`);
  const report = JSON.parse(stdout) as {
    diagnostics: { code: string; filename: string }[];
    number_of_files: number;
  };
  if (report.number_of_files < cases.length)
    throw new Error(`oxlint saw ${report.number_of_files} of ${cases.length} files`);
  const byFile = new Map<string, string[]>();
  for (const { code, filename } of report.diagnostics)
    byFile.set(filename, [...(byFile.get(filename) ?? []), code]);
  return byFile;
}
