/** CSV and the PyTorch layout, each read back by a reader written here. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../src/core/export/csv';
import { buildModel } from '../../src/core/model/architectures';
import { fromPyTorch, toPyTorch } from '../../src/core/model/pytorch-layout';

/** A small RFC 4180 reader. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let field = '',
    quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') {
        field += '"';
        i++;
      } else if (c === '"') quoted = false;
      else field += c;
    } else if (c === '"') quoted = true;
    else if (c === ',') {
      rows.at(-1)!.push(field);
      field = '';
    } else if (c === '\r' && text[i + 1] === '\n') {
      rows.at(-1)!.push(field);
      field = '';
      rows.push([]);
      i++;
    } else field += c;
  }
  return rows.slice(0, -1);
}

describe('csv', () => {
  it('reads back whatever text it is given, formulas defused', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 2 })), (rows) => {
        const back = parseCsv(toCsv(['a', 'b'], rows));
        expect(back).toEqual([
          ['a', 'b'],
          ...rows.map((row) => row.map((cell) => (/^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell))),
        ]);
      }),
    );
  });
  it('quotes whatever a reader could take for the end of a line or a field', () => {
    expect(toCsv(['a'], [['x\ry'], ['x\ny'], ['x,y'], ['x"y'], ['x;y']])).toBe(
      'a\r\n"x\ry"\r\n"x\ny"\r\n"x,y"\r\n"x""y"\r\nx;y\r\n',
    );
  });
  it('keeps numbers exact and leaves what is absent empty', () => {
    expect(
      toCsv(
        ['x', 'y', 'z'],
        [
          [0.1 + 0.2, null, -3],
          [Number.NaN, undefined, true],
        ],
      ),
    ).toBe('x,y,z\r\n0.30000000000000004,,-3\r\n,,true\r\n');
  });
});

describe('PyTorch layout', () => {
  const spec = buildModel({
    architecture: 'vgg11-bn-multitask',
    width: 0.0625,
    inputSize: 64,
    heads: [{ task: 'emotion', classes: 4 }],
  });
  const find = (name: string) => spec.parameters.find((p) => p.name === name)!;
  const iota = (n: number) => Float32Array.from({ length: n }, (_, i) => i);
  it('turns [kh, kw, in, out] into [out, in, kh, kw]', () => {
    const p = find('features.4.weight');
    const [kh, kw, cin, cout] = p.shape as [number, number, number, number];
    const out = toPyTorch(p, iota(kh * kw * cin * cout));
    expect(p.torch.shape).toEqual([cout, cin, kh, kw]);
    expect(out[((5 * cin + 2) * kh + 1) * kw + 2]).toBe(((1 * kw + 2) * cin + 2) * cout + 5);
  });
  it('reorders the inputs of the layer behind the flattening from (row, column, channel) to (channel, row, column)', () => {
    const merged = spec.parameters.filter(({ shape, torch }) => torch.view.length > shape.length);
    expect(merged.map(({ name, torch }) => [name, torch.view.at(-2)])).toEqual([['shared.0.weight', 32]]);
    const p = find('shared.0.weight');
    const [rows, cols] = p.shape as [number, number];
    expect(rows).toBe(2 * 2 * 32);
    const out = toPyTorch(p, iota(rows * cols));
    // PyTorch input (channel 7, row 1, column 0) is the engine's input (1 * 2 + 0) * 32 + 7.
    expect(out[3 * rows + (7 * 4 + 2)]).toBe(((1 * 2 + 0) * 32 + 7) * cols + 3);
  });
  it('transposes other linear layers and leaves vectors', () => {
    const p = find('heads.emotion.0.weight');
    const [rows, cols] = p.shape as [number, number];
    expect(toPyTorch(p, iota(rows * cols))[2 * rows + 1]).toBe(1 * cols + 2);
    expect([...toPyTorch(find('heads.emotion.0.bias'), iota(3))]).toEqual([0, 1, 2]);
  });
  it('comes back from PyTorch’s order as it was, bit for bit, in every architecture', () => {
    for (const architecture of [
      'vgg11-bn-multitask',
      'vgg11-single',
      'alexnet-single',
      'alexnet-multitask',
    ] as const) {
      const model = buildModel({
        architecture,
        width: 0.0625,
        inputSize: 96,
        heads: [{ task: 'emotion', classes: 4 }],
      });
      for (const p of model.parameters) {
        const data = iota(p.shape.reduce((a, b) => a * b));
        const torch = toPyTorch(p, data);
        expect(fromPyTorch(p, torch)).toEqual(data);
        if (p.shape.length > 1) expect(torch).not.toEqual(data);
      }
    }
  });
});
