/**
 * What has to be true before anything can be served or tested: packages installed, `dist/` up to date.
 * Plain Node without dependencies, because it runs before there are any.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Everything the built page is made of. */
const BUILD_INPUTS = [
  'src',
  'workers',
  'public',
  'index.html',
  'vite.config.ts',
  'scripts/vite',
  'package-lock.json',
];

/**
 * Runs a command with its output on this terminal and resolves with its exit code (1 when it cannot start,
 * was killed, or was still running after `timeout` ms).
 */
export function run(command, args, { env = {}, timeout = 0 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      timeout,
    });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * npm's own script where npm started us: spares a shell, and works on Windows where `npm` is a batch file.
 */
export function npm(args, options) {
  const script = process.env.npm_execpath;
  return script ? run(process.execPath, [script, ...args], options) : run('npm', args, options);
}

/** An installed package's command, run by this very Node. */
export function bin(name, args, options) {
  const link = JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).bin;
  const script = typeof link === 'string' ? link : (link[name] ?? Object.values(link)[0]);
  return run(process.execPath, [join(ROOT, 'node_modules', name, script), ...args], options);
}

/** True when node_modules is not what the lockfile asks for. */
function packagesAreStale() {
  const installed = join(ROOT, 'node_modules/.package-lock.json');
  const wanted = join(ROOT, 'package-lock.json');
  if (!existsSync(installed)) return true; // never installed, or interrupted half-way
  if (statSync(wanted).mtimeMs <= statSync(installed).mtimeMs) return false;
  // The lockfile was touched (a checkout does that): reinstall only if a version really differs.
  const versions = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const have = versions(installed);
  return Object.entries(versions(wanted)).some(
    ([path, entry]) => path !== '' && !entry.optional && have[path]?.version !== entry.version,
  );
}

/**
 * Installs the locked packages if they are missing or out of date. Resolves with whether they are there now.
 */
export async function ensurePackages() {
  if (!packagesAreStale()) return true;
  console.log('Installing packages (npm ci) ...');
  return (await npm(['ci', '--no-audit', '--no-fund'])) === 0;
}

/** The newest modification time below `path`, directories included so that a deletion counts too. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Builds `dist/` if it is missing or older than any of its inputs. Resolves with whether it is there now. */
export async function ensureBuild() {
  const built = join(ROOT, 'dist/index.html');
  const builtAt = existsSync(built) ? statSync(built).mtimeMs : 0;
  if (BUILD_INPUTS.every((input) => newest(join(ROOT, input)) <= builtAt)) return true;
  console.log('Building the page ...');
  return (await bin('vite', ['build', '--logLevel', 'warn'])) === 0;
}
