/**
 * `npm run mutate -- src/core/weighting`: changes the sources one small thing at a time and runs the tests of
 * that room against each change. A change that no test notices has survived, and its line is printed. Nothing
 * on disk is touched: the changed text is given to the test runner in place of the file's.
 *   PATHS             files or folders below src/core; all of it where none is named (hours)
 *   --tests FILTER    test files whose path contains it, repeatable; else tests/<room> of src/core/<room>
 *   --sample N        so many of the mutants, the same ones every time
 *   --only TEXT       mutants whose line in the list contains it
 *   --list            the mutants, without running them
 *   --json            one JSON line a mutant in place of text
 * Ends with how many were killed; exit code 1 where something survived. What is changed: kinds() below.
 */
import './require-node.mjs';
import { fork } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vite';
import { createVitest } from 'vitest/node';
import { ROOT } from './prepare.mjs';

const SWAPS = {
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '**': ['*'],
  '%': ['*'],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '+=': ['-='],
  '-=': ['+='],
  '*=': ['/='],
  '/=': ['*='],
};
/**
 * A mutant that has not ended after this many times what the tests need without it, and half a minute, runs
 * in circles.
 */
const PATIENCE = 5;

/** What a node of the tree may become: ranges of the text and what stands there instead. */
function* kinds(node, text) {
  const of = ({ start, end }) => text.slice(start, end);
  const whole = (instead) => ({ start: node.start, end: node.end, instead });
  if (SWAPS[node.operator] && node.left && node.right)
    for (const operator of SWAPS[node.operator]) {
      const at = text.indexOf(node.operator, node.left.end);
      yield { start: at, end: at + node.operator.length, instead: operator };
    }
  if (node.type === 'Literal' && typeof node.value === 'number')
    for (const instead of node.value === 0 ? ['1'] : [`(${node.raw} * 10)`, `(${node.raw} / 10)`])
      yield whole(instead);
  if (node.type === 'Literal' && typeof node.value === 'boolean') yield whole(String(!node.value));
  if (node.type === 'UnaryExpression' && ['-', '!'].includes(node.operator)) yield whole(of(node.argument));
  if (node.type === 'ConditionalExpression' || node.type === 'IfStatement')
    for (const instead of ['true', 'false']) yield { start: node.test.start, end: node.test.end, instead };
  if (node.type === 'CallExpression' && node.callee.object?.name === 'Math') {
    const other = {
      max: 'min',
      min: 'max',
      floor: 'ceil',
      ceil: 'floor',
      abs: 'sign',
      exp: 'expm1',
      log1p: 'log',
      log: 'log1p',
      sqrt: 'abs',
    }[node.callee.property.name];
    if (other) yield { start: node.callee.property.start, end: node.callee.property.end, instead: other };
  }
  if (node.type === 'CallExpression' && ['every', 'some'].includes(node.callee.property?.name))
    yield {
      start: node.callee.property.start,
      end: node.callee.property.end,
      instead: node.callee.property.name === 'every' ? 'some' : 'every',
    };
}

/** Every mutant of a file; what stands in a type is none of the program's. */
function mutantsOf(file) {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = [];
  const walk = (node) => {
    if (!node || typeof node !== 'object') return;
    if (Array.isArray(node)) {
      node.forEach(walk);
      return;
    }
    if (
      typeof node.type !== 'string' ||
      /^TS(?!As|NonNull|Satisfies)/.test(node.type) ||
      node.type === 'ImportDeclaration'
    )
      return;
    for (const change of kinds(node, text)) {
      const line = text.slice(0, change.start).split('\n').length;
      const from = text.lastIndexOf('\n', change.start) + 1;
      found.push({
        file,
        line,
        column: change.start - from + 1,
        was: text.slice(change.start, change.end),
        is: change.instead,
        source: text.slice(from, text.indexOf('\n', change.start)).trim(),
        text: text.slice(0, change.start) + change.instead + text.slice(change.end),
      });
    }
    for (const [key, child] of Object.entries(node))
      if (key !== 'typeAnnotation' && key !== 'typeParameters' && key !== 'returnType') walk(child);
  };
  walk(parseAst(text, { lang: 'ts' }));
  return found;
}

const filesBelow = (path) =>
  statSync(join(ROOT, path)).isDirectory()
    ? readdirSync(join(ROOT, path))
        .sort()
        .flatMap((name) => filesBelow(join(path, name)))
    : path.endsWith('.ts')
      ? [path.split(sep).join('/')]
      : [];
const told = ({ file, line, column, was, is }) => `${file}:${line}:${column}  ${was} -> ${is}`;

/** The other process: the test runner stays, and gets one mutant after the other. */
async function work(tests) {
  let mutant = null;
  const vitest = await createVitest(
    'test',
    {
      config: false,
      root: ROOT,
      environment: 'node',
      include: tests,
      watch: false,
      pool: 'threads',
      fileParallelism: false,
      bail: 1,
      testTimeout: 600_000,
      hookTimeout: 600_000,
      reporters: [{}],
      silent: true,
    },
    {
      configFile: false,
      plugins: [
        {
          name: 'mutant',
          enforce: 'pre',
          transform: (_code, id) =>
            mutant && id.split('?')[0] === mutant.path ? { code: mutant.text, map: null } : undefined,
        },
      ],
    },
  );
  const specifications = await vitest.globTestSpecifications();
  const carry = async (next) => {
    const paths = [mutant?.path, next?.path].filter(Boolean);
    mutant = next;
    for (const path of paths) vitest.invalidateFile(path);
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
    process.send({
      passed: testModules.length > 0 && unhandledErrors.length === 0 && testModules.every((one) => one.ok()),
    });
  };
  process.on('message', (next) => {
    void carry(next);
  });
  process.send({ ready: specifications.length });
}

function runner(tests) {
  const start = () =>
    new Promise((resolve, reject) => {
      const child = fork(fileURLToPath(import.meta.url), ['--worker', ...tests], {
        cwd: ROOT,
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      child.once('message', () => {
        resolve(child);
      });
      child.once('exit', (code) => {
        reject(new Error(`The test runner ended (${code}).`));
      });
    });
  let child = null;
  /** @returns passed, failed or circles */
  const run = async (mutant, limit) => {
    child ??= await start();
    const asked = child;
    asked.removeAllListeners('exit');
    return new Promise((resolve) => {
      const over = (outcome) => {
        clearTimeout(timer);
        asked.removeAllListeners();
        if (outcome !== 'passed' && outcome !== 'failed') {
          asked.kill('SIGKILL');
          child = null;
        }
        resolve(outcome);
      };
      const timer =
        limit === null
          ? undefined
          : setTimeout(() => {
              over('circles');
            }, limit);
      asked.once('message', ({ passed }) => {
        over(passed ? 'passed' : 'failed');
      });
      asked.once('exit', () => {
        over('crash');
      });
      asked.send(mutant && { path: join(ROOT, mutant.file), text: mutant.text });
    });
  };
  return { run, end: () => child?.kill() };
}

async function main(given) {
  const value = (name) => {
    const at = given.indexOf(name);
    return at < 0 ? null : given.splice(at, 2)[1];
  };
  const switched = (name) => {
    const at = given.indexOf(name);
    return at >= 0 && given.splice(at, 1).length > 0;
  };
  const filters = [];
  for (let filter = value('--tests'); filter; filter = value('--tests')) filters.push(filter);
  const [sample, only, list, json] = [
    Number(value('--sample') ?? 0),
    value('--only'),
    switched('--list'),
    switched('--json'),
  ];
  const paths = given.length > 0 ? given : ['src/core'];
  const wrong = paths.filter((path) => path.startsWith('-') || !existsSync(join(ROOT, path)));
  if (wrong.length > 0) {
    console.error(`Unknown: ${wrong.join(', ')}.`);
    return 2;
  }
  let mutants = paths
    .flatMap((path) => filesBelow(relative(ROOT, join(ROOT, path))))
    .flatMap(mutantsOf)
    .filter((one) => only === null || told(one).includes(only) || one.source.includes(only));
  if (sample > 0 && sample < mutants.length)
    mutants = mutants.filter(
      (_, i) => Math.floor((i * sample) / mutants.length) !== Math.floor(((i - 1) * sample) / mutants.length),
    );
  if (list) {
    for (const one of mutants) console.log(told(one));
    return 0;
  }
  const count = { killed: 0, survived: 0 };
  const testsOf = ({ file }) =>
    filters.length > 0
      ? filters.map((filter) => `**/${filter.replace(/^\/+/, '')}*`.replace(/\*\*\/tests\//, 'tests/'))
      : [`tests/${file.split('/')[2]}/**/*.test.ts`];
  const groups = new Map();
  for (const one of mutants)
    groups.set(testsOf(one).join(' '), [...(groups.get(testsOf(one).join(' ')) ?? []), one]);
  for (const [key, group] of groups) {
    const { run, end } = runner(key.split(' '));
    const began = performance.now();
    if ((await run(null, null)) !== 'passed') {
      console.error(`${key}: without any change these tests do not pass.`);
      end();
      return 2;
    }
    const limit = 30_000 + PATIENCE * (performance.now() - began);
    for (const mutant of group) {
      const outcome = await run(mutant, limit);
      const state = outcome === 'passed' ? 'survived' : 'killed';
      count[state]++;
      const { text: _, ...line } = mutant;
      if (json) console.log(JSON.stringify({ state, by: outcome, ...line }));
      else if (state === 'survived') console.log(`survived  ${told(mutant)}\n          ${mutant.source}`);
    }
    end();
  }
  console.log(json ? JSON.stringify(count) : `${count.killed} killed, ${count.survived} survived`);
  return count.survived > 0 ? 1 : 0;
}

const given = process.argv.slice(2);
if (given[0] === '--worker') await work(given.slice(1));
else process.exitCode = await main(given);
