/**
 * Files that PyTorch saved (reference/fixtures/weights.py) in the workbench's network: the logits are
 * PyTorch's, and what the workbench exports again is bit for bit what PyTorch saved.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildModel, type ModelChoice } from '../../src/core/model/architectures';
import type { ArchitectureId } from '../../src/core/model/architectures';
import { expectedArrays, inferModel } from '../../src/core/weights/match';
import { openStateDict, readArray, stateDictFile, type StateDict } from '../../src/core/weights/state-dict';
import type { ByteSource } from '../../src/core/weights/safetensors';
import { chooseBackend } from '../../src/engine/platform/backend';
import { Network, type NamedArray } from '../../src/engine/network/network';
import { loadStateDict } from '../../src/engine/run/state-dict';
import { fixture, fixtureBytes, type Fixture } from '../support/fixture';
import { guard, relativeError } from '../support/fidelity';
import { ARCHITECTURES, exported } from './exported';
import { partsOf, sourceOf } from './files';

/** Those of which PyTorch saved a file. */
const SAVED = ['vgg11-bn-multitask', 'vgg11-single', 'alexnet-single', 'alexnet-multitask'] as const;

interface Case {
  readonly file: string;
  readonly architecture: ArchitectureId;
  readonly inputSize: number;
  readonly heads: readonly (readonly [task: string, classes: number])[];
  readonly images: string;
  readonly count: number;
  readonly logits: readonly string[];
}
type Index = { readonly width: number; readonly cases: readonly Case[] };

let golden: Fixture<Index>;
beforeAll(async () => {
  golden = await fixture<Index>('weights/logits');
  await chooseBackend('wasm');
});

/** What the importer is told of the model at hand: something else, so that the file must speak for itself. */
const ELSE: ModelChoice = {
  architecture: 'vgg11-single',
  width: 1,
  inputSize: 224,
  heads: [{ task: 'gender', classes: 2 }],
};

async function* arraysOf(source: ByteSource, dict: StateDict): AsyncGenerator<NamedArray> {
  for (const array of dict.arrays) {
    const pieces: Float32Array[] = [];
    for await (const piece of readArray(source, array)) pieces.push(piece);
    yield {
      name: array.name,
      shape: array.shape,
      data: pieces.length === 1 ? pieces[0]! : Float32Array.from(pieces.flatMap((piece) => [...piece])),
    };
  }
}

async function load(name: string) {
  const test = golden.index.cases.find(({ file }) => file === `${name}.safetensors`)!;
  const bytes = await fixtureBytes(`weights/${test.file}`);
  const source = sourceOf(bytes);
  const dict = await openStateDict(source, ELSE);
  const spec = buildModel({ ...dict.model, inputSize: test.inputSize });
  const network = Network.create(spec, 1);
  await loadStateDict(network, dict.arrays, arraysOf(source, dict));
  return { test, bytes, dict, spec, network };
}

async function worstLogit({
  test,
  network,
}: {
  readonly test: Case;
  readonly network: Network;
}): Promise<number> {
  const pass = network.forward(golden.u8(test.images), test.count, { training: false });
  const logits = await pass.logits();
  pass.dispose();
  return Math.max(...logits.map((task, i) => relativeError(task, golden.f32(test.logits[i]!))));
}

describe('a state dict saved from PyTorch', () => {
  it.each(SAVED)('is recognised as %s, loads, and gives the logits of PyTorch', async (architecture) => {
    const loaded = await load(architecture);
    const { test, dict, network } = loaded;
    expect(dict.model).toMatchObject({
      architecture,
      width: golden.index.width,
      heads: test.heads.map(([task, classes]) => ({ task, classes })),
    });
    expect(dict).toMatchObject({ prefix: '', converted: 0 });
    guard({
      chapter: 'weights',
      quantity: `logits of imported weights, ${architecture}, wasm`,
      reference: 'torch',
      unit: 'relative',
      tolerance: 1e-4,
      worst: await worstLogit(loaded),
      note: 'width 1/16, after three training steps in PyTorch; float32 sums in another order',
    });
    network.dispose();
  });

  it('may hold other float types and the names of DataParallel', async () => {
    const loaded = await load('other-types');
    expect(loaded.dict).toMatchObject({
      prefix: 'module.',
      converted: 16,
      model: { architecture: 'alexnet-single', inputSize: 224 - 128 },
    });
    guard({
      chapter: 'weights',
      quantity: 'logits of imported float16, bfloat16 and float64 weights, wasm',
      reference: 'torch',
      unit: 'relative',
      tolerance: 1e-4,
      worst: await worstLogit(loaded),
      note: 'PyTorch computes with the values after .float()',
    });
    loaded.network.dispose();
  });

  it.each(SAVED)('is exported again as the same bits, %s', async (architecture) => {
    const { bytes, dict, spec, network } = await load(architecture);
    const provenance = {
      ...dict.model,
      inputSize: spec.inputSize,
      classes: [['emotion', ['ä', 'b']]] as const,
      step: 3,
      epoch: 1,
      software: 'test',
    };
    const pieces: Uint8Array[] = [];
    for await (const piece of stateDictFile(spec, provenance, network.read())) pieces.push(piece.slice());
    network.dispose();
    const ours = partsOf(Buffer.concat(pieces));
    const theirs = partsOf(bytes).parts;
    expect(ours.metadata).toEqual({
      format: 'pt',
      architecture,
      width: '0.0625',
      inputSize: String(spec.inputSize),
      tasks: 'emotion',
      classes: '[["ä","b"]]',
      step: '3',
      epoch: '1',
      software: 'test',
    });
    // num_batches_tracked included: PyTorch had taken three steps as well.
    const byName = new Map(ours.parts.map((part) => [part.name, part]));
    expect([...byName.keys()].sort()).toEqual(theirs.map(({ name }) => name).sort());
    expect(theirs.map(({ name }) => byName.get(name)!.dtype)).toEqual(theirs.map(({ dtype }) => dtype));
    expect(theirs.map(({ name }) => byName.get(name)!.shape)).toEqual(theirs.map(({ shape }) => shape));
    const differing = theirs.reduce(
      (sum, part) => sum + part.data.filter((byte, i) => byte !== byName.get(part.name)!.data[i]).length,
      0,
    );
    guard({
      chapter: 'weights',
      quantity: 'bytes that differ after PyTorch, import, export',
      reference: 'torch',
      unit: 'bytes',
      tolerance: 0,
      worst: differing,
    });
  });
});

describe('a file of the workbench', () => {
  it.each(ARCHITECTURES)(
    'comes back as the same model, width, input size and classes, to the bit: %s',
    async (architecture) => {
      const { spec, width, file, images, count, logits } = await exported(architecture);
      const source = sourceOf(file);
      const dict = await openStateDict(source, ELSE);
      const heads = spec.heads.map(({ task, classes }) => ({ task, classes }));
      expect(dict.model).toEqual({ architecture, width, inputSize: spec.inputSize, heads });
      expect([...dict.classes]).toEqual(
        heads.map(({ task, classes }) => [task, Array.from({ length: classes }, (_, i) => `${task} ${i}`)]),
      );
      const network = Network.create(spec, 1);
      await loadStateDict(network, dict.arrays, arraysOf(source, dict));
      const pass = network.forward(images, count, { training: false });
      const again = await pass.logits();
      pass.dispose();
      network.dispose();
      const bits = (values: Float32Array): Uint32Array =>
        new Uint32Array(values.buffer, values.byteOffset, values.length);
      const differing = logits.reduce(
        (sum, head, i) => sum + bits(head).filter((word, k) => word !== bits(again[i]!)[k]).length,
        0,
      );
      guard({
        chapter: 'weights',
        quantity: 'logits that differ after training, export, import, wasm',
        reference: 'the network that was exported',
        unit: 'logits',
        tolerance: 0,
        worst: differing,
      });
    },
  );
});

describe('the model that a file belongs to', () => {
  const shapes = async (name: string) => {
    const source = sourceOf(await fixtureBytes(`weights/${name}.safetensors`));
    return (choice: ModelChoice) => openStateDict(source, choice);
  };

  it('takes the input size at hand where the shapes allow it', async () => {
    const open = await shapes('vgg11-bn-multitask');
    expect((await open({ ...ELSE, inputSize: 63 })).model.inputSize).toBe(63);
    expect((await open({ ...ELSE, inputSize: 64 })).model.inputSize).toBe(32);
  });

  it('is strict: a network of another model refuses it untouched', async () => {
    const dict = await (await shapes('vgg11-single'))(ELSE);
    const network = Network.create(
      buildModel({
        architecture: 'vgg11-single',
        width: 0.0625,
        inputSize: 64,
        heads: [{ task: 'emotion', classes: 4 }],
      }),
      1,
    );
    const before = await network.read().next();
    const never = (async function* never(): AsyncGenerator<NamedArray> {
      yield await Promise.reject(new Error('was read'));
    })();
    await expect(loadStateDict(network, dict.arrays, never)).rejects.toMatchObject({
      code: 'weights-mismatch',
      details: { missing: 0, unexpected: 0, shapes: 1 },
    });
    expect(await network.read().next()).toEqual(before);
    network.dispose();
  });

  it('is found from the shapes alone, whatever the width, input size and heads', () => {
    const heads = (architecture: ArchitectureId, classes: number) =>
      [
        { task: 'emotion', classes },
        { task: 'gender', classes: 2 },
      ].slice(0, architecture.endsWith('single') ? 1 : 2);
    fc.assert(
      fc.property(
        fc.constantFrom(...ARCHITECTURES),
        fc.double({ min: 1 / 16, max: 1, noNaN: true }),
        fc.integer({ min: 80, max: 400 }),
        fc.integer({ min: 2, max: 40 }),
        (architecture, width, inputSize, classes) => {
          const choice = { architecture, width, inputSize, heads: heads(architecture, classes) };
          const arrays = expectedArrays(buildModel(choice));
          const found = inferModel(arrays, {})!;
          expect(found.architecture).toBe(architecture);
          // One more feature of the widest layer, which is how far apart widths are that a file tells apart.
          const widest = Math.max(
            ...buildModel({ ...choice, width: 1 }).parameters.map((p) => p.shape.at(-1)! / p.rows),
          );
          expect(Math.abs(found.width - width)).toBeLessThan(1 / widest);
          expect(expectedArrays(buildModel(found))).toEqual(arrays);
          // A hint is taken where it is possible.
          expect(inferModel(arrays, { width, inputSize })).toEqual(choice);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is the paper’s at the paper’s size', () => {
    const paper = {
      architecture: 'vgg11-bn-multitask',
      width: 1,
      inputSize: 224,
      heads: [
        { task: 'emotion', classes: 4 },
        { task: 'speaker', classes: 10 },
        { task: 'gender', classes: 2 },
      ],
    } as const;
    expect(inferModel(expectedArrays(buildModel(paper)), {})).toEqual(paper);
  });
});
