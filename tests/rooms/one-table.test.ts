/**
 * Which implementation computes is a backend's choice (src/engine/backends): nobody else in the engine asks which
 * backend runs or whether a kernel is switched on, and nobody else knows an implementation that it could choose.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const ENGINE = join(ROOT, 'src/engine');

/** Where the tables are made, and where a backend is chosen, checked and its faults are named. */
const CHOOSES = /^(?:backends|platform)\//;

/** Implementations of one backend, or of the backends without their own. */
const IMPLEMENTATION =
  /^(?:kernels\/(?:host|stock|wasm|webgpu)\/|tensors\/(?:memory\/|loose-parameters)|ops\/[\w-]+-webgpu)/;

/** Why a file may know an implementation although it is none. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'autotune/autotune.ts': 'compares and times the variants of webgpu’s kernels',
  'autotune/problems.ts': 'lists the problems of webgpu’s kernels that a model poses',
  'autotune/stopwatch.ts': 'times passes on the device',
  'bench/shipped.ts': 'measures TensorFlow.js as it is shipped, without any table',
  'bench/wasm-peak.ts': 'measures the processor with a program of its own',
};

const files = readdirSync(ENGINE, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(ENGINE, name), 'utf8') }));

/** The current backend's name, its class, or a kernel's switch. */
const QUESTIONS =
  /\bgetBackend\(|\bfindBackend\(|instanceof \w*Backend\b|\bis(?:Ours|SimdKernelOn)\(|\bhasSimdKernels\(|\.on\b(?! ?=>)|=== '(?:cpu|wasm|webgpu)'/;
const code = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

const importsOf = (name: string, text: string): string[] =>
  [...code(text).matchAll(/(?:from|import\()\s*'(\.{1,2}\/[^']*)'/g)].map(([, path]) =>
    relative(ENGINE, resolve(join(ENGINE, name), '..', path!)).replaceAll('\\', '/'),
  );

it('asks nowhere else which backend runs', () => {
  const asking = files
    .filter(({ name }) => !CHOOSES.test(name) && !IMPLEMENTATION.test(name) && !(name in EXCEPTIONS))
    .flatMap(({ name, text }) =>
      (code(text).match(new RegExp(QUESTIONS, 'g')) ?? []).map((at) => `${name}: ${at}`),
    );
  expect(asking).toEqual([]);
});

it('knows implementations nowhere else', () => {
  const knowing = files
    .filter(({ name }) => !CHOOSES.test(name) && !IMPLEMENTATION.test(name) && !(name in EXCEPTIONS))
    .flatMap(({ name, text }) =>
      importsOf(name, text)
        .filter((path) => IMPLEMENTATION.test(path))
        .map((path) => `${name} -> ${path}`),
    );
  expect(knowing).toEqual([]);
});

it('has no exception that is none', () => {
  for (const name of Object.keys(EXCEPTIONS)) {
    const { text } = files.find((file) => file.name === name)!;
    const needed =
      QUESTIONS.test(code(text)) || importsOf(name, text).some((path) => IMPLEMENTATION.test(path));
    expect(needed, name).toBe(true);
  }
});

it('would notice', () => {
  expect(QUESTIONS.test("if (tf.getBackend() === 'wasm')")).toBe(true);
  expect(QUESTIONS.test('reluGradient.on ? a : b')).toBe(true);
  expect(IMPLEMENTATION.test('kernels/webgpu/ops')).toBe(true);
  expect(importsOf('step/step.ts', "import { gpu } from '../kernels/webgpu/gpu';")).toEqual([
    'kernels/webgpu/gpu',
  ]);
});
