/**
 * The safetensors reader against files made by hand: what is refused, and why; and that nothing but its own
 * errors comes out.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WeightsError } from '../../src/core/errors/errors';
import { buildModel } from '../../src/core/model/architectures';
import { sizeOf } from '../../src/core/model/graph';
import { MAX_FILE_BYTES, readSafetensors, safetensorsHeader } from '../../src/core/weights/safetensors';
import { openStateDict, readArray } from '../../src/core/weights/state-dict';
import { fileOf, rawFile, sourceOf, type Part } from './files';

const entry = (shape: string, offsets: string, dtype = '"F32"'): string =>
  `{"dtype":${dtype},"shape":${shape},"data_offsets":${offsets}}`;
const A = entry('[2,3]', '[0,24]');

async function refusal(file: Uint8Array): Promise<WeightsError> {
  const error = await readSafetensors(sourceOf(file)).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(WeightsError);
  return error as WeightsError;
}

describe('the header', () => {
  it('is read as the format says: white space, any order, escapes, other alphabets, no metadata', async () => {
    const text = `{ "b" : ${entry('[ ]', '[24, 28]', '"I32"')} ,\n"\\u00e4\\n" :\t${A}, "слой.weight":${entry('[0,7]', '[28,28]', '"BF16"')}}   `;
    const { tensors, metadata, dataStart } = await readSafetensors(sourceOf(rawFile(text, 28)));
    const start = 8 + new TextEncoder().encode(text).length;
    expect(dataStart).toBe(start);
    expect(tensors).toEqual([
      { name: 'ä\n', dtype: 'F32', shape: [2, 3], begin: start, end: start + 24 },
      { name: 'b', dtype: 'I32', shape: [], begin: start + 24, end: start + 28 },
      { name: 'слой.weight', dtype: 'BF16', shape: [0, 7], begin: start + 28, end: start + 28 },
    ]);
    expect(metadata.size).toBe(0);
    expect((await readSafetensors(sourceOf(rawFile('{}')))).tensors).toEqual([]);
  });

  it('that we write says where each array lies, aligned to eight bytes', async () => {
    const bytes = safetensorsHeader(
      [
        { name: 'n', dtype: 'I64', shape: [] },
        { name: 'a', dtype: 'F32', shape: [2, 3] },
      ],
      { note: 'é' },
    );
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(bytes.length).toBe(8 + length);
    expect(length % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8)))).toEqual({
      __metadata__: { note: 'é' },
      n: { dtype: 'I64', shape: [], data_offsets: [0, 8] },
      a: { dtype: 'F32', shape: [2, 3], data_offsets: [8, 32] },
    });
    expect(
      (await readSafetensors(sourceOf(new Uint8Array([...bytes, ...new Uint8Array(32)])))).metadata.get(
        'note',
      ),
    ).toBe('é');
  });

  it.each<[string, Uint8Array, string, object]>([
    ['an empty file', new Uint8Array(), 'weights-truncated', { size: 0, needed: 8 }],
    ['seven bytes', new Uint8Array(7), 'weights-truncated', { size: 7, needed: 8 }],
    [
      'a header length of 2^64 - 1',
      rawFile('{}', 0, 2n ** 64n - 1n),
      'weights-header-length',
      { bytes: '18446744073709551615' },
    ],
    [
      'a header length above the reference implementation’s limit',
      rawFile('{}', 0, 100_000_001n),
      'weights-header-length',
      { limit: 100_000_000 },
    ],
    ['a header longer than the file', rawFile('{}', 0, 11n), 'weights-truncated', { size: 10, needed: 19 }],
    ['no header at all', rawFile(''), 'weights-header', { at: 8, expected: '{' }],
    ['white space in front', rawFile(' {}'), 'weights-header', { at: 8 }],
    ['an array for a header', rawFile('[]'), 'weights-header', { at: 8, expected: '{' }],
    ['a header that ends in the middle', rawFile('{"a"'), 'weights-header', { expected: ':' }],
    ['text behind the header', rawFile('{}{}'), 'weights-header', { at: 10 }],
    ['a comma too many', rawFile(`{"a":${A},}`, 24), 'weights-header', { expected: '"' }],
    ['100,000 open brackets', rawFile('{"a":'.repeat(100_000)), 'weights-header', {}],
    [
      'bytes that are no UTF-8',
      rawFile(new Uint8Array([0x7b, 0x22, 0xc3, 0x28, 0x22])),
      'weights-not-utf8',
      {},
    ],
    [
      'an overlong UTF-8 sequence',
      rawFile(new Uint8Array([0x7b, 0x22, 0xc0, 0xaf, 0x22])),
      'weights-not-utf8',
      {},
    ],
    ['a wrong escape', rawFile(`{"\\x41":${A}}`, 24), 'weights-header', {}],
    ['a raw line break in a name', rawFile(`{"a\n":${A}}`, 24), 'weights-header', {}],
    ['a name of a megabyte', rawFile(`{"${'a'.repeat(1_100_000)}":${A}}`, 24), 'weights-header', {}],
    ['the same name twice', rawFile(`{"a":${A},"a":${A}}`, 24), 'weights-duplicate', { name: 'a' }],
    [
      'the same name twice, once escaped',
      rawFile(`{"a":${A},"\\u0061":${A}}`, 24),
      'weights-duplicate',
      { name: 'a' },
    ],
    [
      'the metadata twice',
      rawFile('{"__metadata__":{},"__metadata__":{}}'),
      'weights-duplicate',
      { name: '__metadata__' },
    ],
    ['metadata that is no text', rawFile('{"__metadata__":{"a":1}}'), 'weights-header', { expected: '"' }],
    ['an entry that is a number', rawFile('{"a":7}'), 'weights-header', { expected: '{' }],
    ['an entry without a type', rawFile('{"a":{"shape":[1],"data_offsets":[0,4]}}', 4), 'weights-header', {}],
    ['an entry without offsets', rawFile('{"a":{"dtype":"F32","shape":[1]}}', 4), 'weights-header', {}],
    ['an entry with one offset', rawFile(`{"a":${entry('[1]', '[4]')}}`, 4), 'weights-header', {}],
    [
      'an entry with three offsets',
      rawFile(`{"a":${entry('[1]', '[0,4,4]')}}`, 4),
      'weights-header',
      { expected: ']' },
    ],
    [
      'an entry with something else in it',
      rawFile('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}', 4),
      'weights-header',
      {},
    ],
    [
      'a type that is a number',
      rawFile(`{"a":${entry('[1]', '[0,4]', '4')}}`, 4),
      'weights-header',
      { expected: '"' },
    ],
    [
      'an unknown type',
      rawFile(`{"a":${entry('[1]', '[0,4]', '"F7"')}}`, 4),
      'weights-dtype',
      { name: 'a', dtype: 'F7' },
    ],
    [
      'a type called toString',
      rawFile(`{"a":${entry('[1]', '[0,4]', '"toString"')}}`, 4),
      'weights-dtype',
      {},
    ],
    ['a shape that is text', rawFile(`{"a":${entry('["1"]', '[0,4]')}}`, 4), 'weights-header', {}],
    [
      'a negative size',
      rawFile(`{"a":${entry('[-1]', '[0,4]')}}`, 4),
      'weights-number',
      { name: 'a', text: '-1' },
    ],
    ['a fractional size', rawFile(`{"a":${entry('[1.5]', '[0,4]')}}`, 4), 'weights-number', { text: '1.5' }],
    [
      'a size with an exponent',
      rawFile(`{"a":${entry('[1e0]', '[0,4]')}}`, 4),
      'weights-number',
      { text: '1e0' },
    ],
    ['a size above 2^53', rawFile(`{"a":${entry('[9007199254740993]', '[0,4]')}}`, 4), 'weights-number', {}],
    [
      'a number of a million digits',
      rawFile(`{"a":${entry(`[${'1'.repeat(1_000_000)}]`, '[0,4]')}}`, 4),
      'weights-number',
      {},
    ],
    [
      'sizes whose product overflows',
      rawFile(`{"a":${entry('[4294967296,4294967296]', '[0,4]')}}`, 4),
      'weights-shape',
      { name: 'a' },
    ],
    [
      'nine dimensions',
      rawFile(`{"a":${entry('[1,1,1,1,1,1,1,1,1]', '[0,4]')}}`, 4),
      'weights-header',
      { expected: ']' },
    ],
    [
      'offsets that do not match the shape',
      rawFile(`{"a":${entry('[2]', '[0,4]')}}`, 4),
      'weights-offsets',
      { name: 'a', begin: 0, end: 4 },
    ],
    ['offsets that run backwards', rawFile(`{"a":${entry('[1]', '[4,0]')}}`, 4), 'weights-offsets', {}],
    [
      'arrays that overlap',
      rawFile(`{"a":${A},"b":${entry('[2]', '[20,28]')}}`, 28),
      'weights-gap',
      { name: 'b', begin: 20, at: 24 },
    ],
    ['two arrays in the same place', rawFile(`{"a":${A},"b":${A}}`, 24), 'weights-gap', {}],
    [
      'a hole between arrays',
      rawFile(`{"a":${A},"b":${entry('[1]', '[28,32]')}}`, 32),
      'weights-gap',
      { name: 'b', begin: 28, at: 24 },
    ],
    ['a hole in front', rawFile(`{"a":${entry('[1]', '[4,8]')}}`, 8), 'weights-gap', { begin: 4, at: 0 }],
    ['arrays beyond the end', rawFile(`{"a":${A}}`, 23), 'weights-truncated', {}],
    ['bytes behind the last array', rawFile(`{"a":${A}}`, 25), 'weights-trailing', { bytes: 1 }],
    [
      'more arrays than any model has',
      rawFile(`{${Array.from({ length: 10_001 }, (_, i) => `"${i}":${entry('[0]', '[0,0]')}`).join(',')}}`),
      'weights-too-many',
      { limit: 10_000 },
    ],
    ['a zip of torch.save', rawFile('not json', 30, 0x0000_0800_0403_4b50n), 'weights-pickle', {}],
    [
      'an old torch.save',
      new Uint8Array([0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20]),
      'weights-pickle',
      {},
    ],
  ])('refuses %s', async (_what, file, code, details) => {
    const error = await refusal(file);
    expect(error).toMatchObject({ code, details });
    expect(error.hint).not.toBe('');
    expect(error.message.length).toBeLessThan(300);
  });

  it('refuses a file above the limit without reading it', async () => {
    const source = { size: MAX_FILE_BYTES + 1, bytes: () => Promise.reject(new Error('was read')) };
    await expect(readSafetensors(source)).rejects.toMatchObject({
      code: 'weights-too-large',
      details: { bytes: 2 ** 30 + 1, limit: 2 ** 30 },
    });
  });

  it('refuses a source that gives less than it promised', async () => {
    const file = rawFile(`{"a":${A}}`, 24);
    const source = {
      size: file.length,
      bytes: async (start: number, end: number) => file.slice(start, Math.min(end, 20)),
    };
    await expect(readSafetensors(source)).rejects.toMatchObject({ code: 'weights-truncated' });
  });
});

const choice = {
  architecture: 'alexnet-single',
  width: 1 / 16,
  inputSize: 96,
  heads: [{ task: 'emotion', classes: 4 }],
} as const;
const spec = buildModel(choice);
const floats = (values: ArrayLike<number>): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);
const whole = (change: (parts: Part[]) => Part[] = (parts) => parts): Uint8Array<ArrayBuffer> =>
  fileOf(
    change(
      spec.parameters.map((p, k) => ({
        name: p.name,
        dtype: 'F32',
        shape: p.torch.shape,
        data: floats(Array.from({ length: sizeOf(p.shape) }, (_, i) => Math.sin(i + k))),
      })),
    ),
  );
const opened = (file: Uint8Array) => openStateDict(sourceOf(file), choice);

/** Everything the importer does with a file but storing it. */
async function readAll(file: Uint8Array): Promise<Map<string, number[]>> {
  const source = sourceOf(file);
  const { arrays } = await openStateDict(source, choice);
  const found = new Map<string, number[]>();
  for (const array of arrays)
    for await (const piece of readArray(source, array))
      found.set(array.name, [...(found.get(array.name) ?? []), ...piece]);
  return found;
}

describe('a state dict', () => {
  it('is read in full', async () => {
    const found = await readAll(whole());
    expect([...found.keys()]).toEqual(spec.parameters.map(({ name }) => name));
    expect(found.get('classifier.5.bias')).toEqual([
      ...Float32Array.from([0, 1, 2, 3], (i) => Math.sin(i + 15)),
    ]);
  });

  it.each<[string, (parts: Part[]) => Part[], object]>([
    [
      'an array is missing',
      (parts) => parts.slice(1),
      { missing: 1, unexpected: 0, shapes: 0, list: '− features.0.weight' },
    ],
    [
      'one is unknown',
      (parts) => [...parts, { name: 'fc.bias', dtype: 'F32', shape: [1], data: floats([1]) }],
      { missing: 0, unexpected: 1, list: '+ fc.bias' },
    ],
    [
      'one has another shape',
      (parts) => [
        ...parts.slice(0, -1),
        { name: 'classifier.5.bias', dtype: 'F32', shape: [5], data: floats([1, 2, 3, 4, 5]) },
      ],
      { shapes: 1, list: 'classifier.5.bias 5 ≠ 4' },
    ],
    [
      'everything is called __proto__ and constructor',
      () =>
        ['__proto__', 'constructor', 'toString'].map((name) => ({
          name,
          dtype: 'F32',
          shape: [1],
          data: floats([1]),
        })),
      { missing: 16, unexpected: 3 },
    ],
    [
      'only some names have the prefix of DataParallel',
      (parts) => parts.map((p, i) => (i < 2 ? { ...p, name: `module.${p.name}` } : p)),
      { missing: 2, unexpected: 2 },
    ],
    ['it is empty', () => [], { missing: 16, unexpected: 0, shapes: 0 }],
    [
      'a name would rearrange the message',
      (parts) => [...parts, { name: '\u202Eevil\u0000', dtype: 'F32', shape: [1], data: floats([1]) }],
      { list: '+ �evil�' },
    ],
  ])('is refused when %s', async (_what, change, details) => {
    await expect(opened(whole(change))).rejects.toMatchObject({
      name: 'WeightsError',
      code: 'weights-mismatch',
      details,
    });
    expect(({} as Record<string, unknown>)['dtype']).toBeUndefined();
  });

  it.each<[string, (name: string) => string, string]>([
    ['DataParallel', (name) => `module.${name}`, 'module.'],
    ['torch.compile', (name) => `_orig_mod.${name}`, '_orig_mod.'],
    ['torch.compile in DataParallel', (name) => `module._orig_mod.${name}`, 'module._orig_mod.'],
    ['DataParallel in torch.compile', (name) => `_orig_mod.module.${name}`, '_orig_mod.module.'],
    [
      'DistributedDataParallel twice around torch.compile',
      (name) => `module.module._orig_mod.${name}`,
      'module.module._orig_mod.',
    ],
    ['FSDP', (name) => `_fsdp_wrapped_module.${name}`, '_fsdp_wrapped_module.'],
    [
      'torch.compile of its trunk alone',
      (name) => name.replace(/^features\./, 'features._orig_mod.'),
      '_orig_mod.',
    ],
  ])('is read with the names of %s, which is told', async (_who, rename, prefix) => {
    const file = whole((parts) => parts.map((part) => ({ ...part, name: rename(part.name) })));
    expect((await opened(file)).prefix).toBe(prefix);
    expect([...(await readAll(file)).keys()]).toEqual(spec.parameters.map(({ name }) => name));
  });
  it('whose names become one without what stands around them is refused', async () => {
    await expect(
      opened(whole((parts) => [...parts, { ...parts[0]!, name: `_orig_mod.${parts[0]!.name}` }])),
    ).rejects.toMatchObject({ code: 'weights-duplicate', details: { name: 'features.0.weight' } });
  });
  it('with more entries of metadata than any program writes is given up', async () => {
    const many = Object.fromEntries(Array.from({ length: 10_002 }, (_, i) => [`k${i}`, '']));
    await expect(opened(rawFile(JSON.stringify({ __metadata__: many })))).rejects.toMatchObject({
      code: 'weights-too-many',
    });
  });

  it('is refused when weights are whole numbers, and when a number is not finite', async () => {
    await expect(
      opened(whole(([first, ...rest]) => [{ ...first!, dtype: 'I32' }, ...rest])),
    ).rejects.toMatchObject({
      code: 'weights-integers',
      details: { name: 'features.0.weight', dtype: 'I32' },
    });
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      const file = whole((parts) => [
        ...parts.slice(0, -1),
        { ...parts.at(-1)!, data: floats([0, 1, bad, 3]) },
      ]);
      await expect(readAll(file)).rejects.toMatchObject({
        code: 'weights-not-finite',
        details: { name: 'classifier.5.bias', value: String(bad), index: 2 },
      });
    }
    // Finite in float64, but not in the float32 that it becomes.
    const large = whole((parts) => [
      ...parts.slice(0, -1),
      { ...parts.at(-1)!, dtype: 'F64', data: new Uint8Array(Float64Array.of(0, 1, 1e39, 3).buffer) },
    ]);
    await expect(readAll(large)).rejects.toMatchObject({
      code: 'weights-not-finite',
      details: { value: 'Infinity' },
    });
  });

  it('believes its metadata only where the shapes agree', async () => {
    const parts = whole();
    for (const metadata of [
      { width: '1', inputSize: '1e9', tasks: '__proto__', classes: '[["a"]]' },
      { width: 'x', inputSize: '-3', classes: '{"a":' },
    ] as Record<string, string>[]) {
      const body = parts.slice(8 + Number(new DataView(parts.buffer).getBigUint64(0, true)));
      const header = new TextDecoder().decode(parts.slice(8, parts.length - body.length)).replace(
        '"format":"pt"',
        Object.entries(metadata)
          .map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`)
          .join(','),
      );
      expect((await opened(rawFile(header, body))).model).toEqual(choice);
    }
  });

  it('broken anywhere gives a named error or, where only numbers changed, weights', async () => {
    const file = whole();
    const header = 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
    const judge = async (broken: Uint8Array): Promise<void> => {
      const error = await readAll(broken).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (error !== null) expect(error).toBeInstanceOf(WeightsError);
    };
    // Half of the places lie in the header, which is where it matters.
    const place = fc.oneof(fc.nat(header - 1), fc.nat(file.length - 1));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 6 }),
        async (changes) => {
          const broken = file.slice();
          for (const [at, byte] of changes) broken[at] = byte;
          await judge(broken);
        },
      ),
      { numRuns: 400 },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.nat(header), fc.nat(file.length - 1)), async (length) => {
        await expect(readAll(file.slice(0, length))).rejects.toBeInstanceOf(WeightsError);
      }),
      { numRuns: 200 },
    );
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), judge), { numRuns: 300 });
    // Any JSON where the header belongs.
    await fc.assert(
      fc.asyncProperty(fc.json(), (json) => judge(rawFile(json, 8))),
      { numRuns: 300 },
    );
  });
});

describe('any arrays', () => {
  it('come back bit for bit', async () => {
    const bits = fc.array(
      fc.integer({ min: 0, max: 0xffffffff }).filter((word) => ((word >>> 23) & 255) !== 255),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), bits, { maxKeys: 6 }), async (arrays) => {
        const parts = Object.entries(arrays)
          .filter(([name]) => name !== '__metadata__')
          .map(([name, words]) => ({
            name,
            dtype: 'F32',
            shape: [words.length],
            data: new Uint8Array(Uint32Array.from(words).buffer),
          }));
        const source = sourceOf(fileOf(parts));
        const { tensors } = await readSafetensors(source);
        const back = new Map<string, number[]>();
        for (const tensor of tensors) {
          back.set(tensor.name, []);
          for await (const piece of readArray(source, tensor))
            back.get(tensor.name)!.push(...new Uint32Array(piece.buffer, piece.byteOffset, piece.length));
        }
        expect(back).toEqual(new Map(parts.map(({ name }) => [name, arrays[name]!])));
      }),
      { numRuns: 200 },
    );
  });
});
