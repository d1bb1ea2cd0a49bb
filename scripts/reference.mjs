/**
 * `npm run reference`: computes every golden fixture again in Python and compares it with what is committed,
 * then runs the other checks against the reference libraries (reference/check_*.py). `npm test` needs none of
 * it. Python comes from REFERENCE_PYTHON, which must have reference/requirements.txt, or else from a virtual
 * environment in .cache that is made here. Where that is impossible it says so and succeeds; a difference
 * fails.
 */
import './require-node.mjs';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, ensurePackages, run } from './prepare.mjs';

const REQUIREMENTS = join(ROOT, 'reference/requirements.txt');
const HOME = join(ROOT, '.cache/reference-venv');
const INSTALLED = join(HOME, 'requirements.sha256');
const INSTALL_LIMIT_MS = 8 * 60_000;

/** Ends with success: not being able to check is no difference. */
function notRun(reason) {
  console.log(`Reference checks were not run: ${reason}`);
  process.exit(0);
}

/** What a short Python program prints, or null when it fails. */
function ask(python, program) {
  const { status, stdout } = spawnSync(python, ['-c', program], { encoding: 'utf8', timeout: 60_000 });
  return status === 0 ? stdout.trim() : null;
}

/** The first Python on this machine that the pinned versions install on. */
const findPython = () =>
  ['python3', 'python', 'python3.13', 'python3.12', 'python3.11'].find(
    (name) => ask(name, 'import sys; print(sys.version_info >= (3, 11))') === 'True',
  );

/** Where a virtual environment keeps its interpreter. */
const interpreter = () => join(HOME, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/**
 * Makes the virtual environment and installs what is pinned, unless that has been done. Returns its
 * interpreter.
 */
async function ensureEnvironment() {
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  const python = interpreter();
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted && ask(python, 'print(1)') === '1')
    return python;
  const system = findPython();
  if (system === undefined) return notRun('there is no Python 3.11 or newer on this machine.');
  console.log('Installing the reference libraries into .cache/reference-venv ...');
  rmSync(HOME, { recursive: true, force: true });
  if ((await run(system, ['-m', 'venv', HOME])) !== 0)
    return notRun('this Python cannot make a virtual environment (see above).');
  const install = [
    '-m',
    'pip',
    'install',
    '-qq',
    '--disable-pip-version-check',
    '--no-input',
    '-r',
    REQUIREMENTS,
  ];
  if ((await run(python, install, { timeout: INSTALL_LIMIT_MS })) !== 0)
    return notRun(
      `the packages of reference/requirements.txt could not be installed within ${INSTALL_LIMIT_MS / 60_000} minutes (see above).`,
    );
  writeFileSync(INSTALLED, wanted);
  return python;
}

async function givenPython(python) {
  const missing = ask(
    python,
    `
from importlib.metadata import version, PackageNotFoundError
for line in open(${JSON.stringify(REQUIREMENTS)}):
    name, wanted = line.strip().split("==")
    try:
        if version(name).split("+")[0] != wanted: print(f"{name} {version(name)} instead of {wanted}", end="; ")
    except PackageNotFoundError:
        print(f"no {name}", end="; ")
`,
  );
  if (missing === null) return notRun(`REFERENCE_PYTHON (${python}) is no working Python.`);
  return missing === '' ? python : notRun(`REFERENCE_PYTHON has ${missing.replace(/;$/, '.')}`);
}

const python = process.env.REFERENCE_PYTHON
  ? await givenPython(process.env.REFERENCE_PYTHON)
  : await ensureEnvironment();
await ensurePackages(); // a check may export from the workbench itself
const checks = [
  ['reference/counter.py'],
  ['reference/regenerate.py', '--check'],
  ...readdirSync(join(ROOT, 'reference'))
    .filter((file) => /^check_.*\.py$/.test(file))
    .sort()
    .map((file) => [`reference/${file}`]),
];
const total = { passed: 0, failed: 0 };
const lines = [];
for (const command of checks) {
  console.log(`\n=== ${command.join(' ')}`);
  const began = performance.now();
  const passed = (await run(python, command, { env: { PYTHONDONTWRITEBYTECODE: '1' } })) === 0;
  total[passed ? 'passed' : 'failed'] += 1;
  lines.push(
    `${passed ? 'ok    ' : 'FAILED'} ${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${command.join(' ')}`,
  );
}
console.log(`\n${lines.join('\n')}\nReference checks: ${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
