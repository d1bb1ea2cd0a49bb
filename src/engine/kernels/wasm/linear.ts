/**
 * Fully connected layers on the wasm heap. In the paper's model the weight is 205 MB and the batch small, so
 * what counts is that every pass touches it once, in order, and that nothing of its size is made beside it:
 * the weight is packed block by block, its gradient written block by block, and the input's gradient takes
 * dot products with its rows.
 */
import * as tf from '../../tf';
import { fillTable, fitsPanels, multiply, nothing, pack, tableBytes } from './product';
import type { Machine, SimdKernel } from './simd';

export const LINEAR = 'EquipoiseLinear';
export const LINEAR_INPUT_GRADIENT = 'EquipoiseLinearInputGradient';
export const LINEAR_WEIGHT_GRADIENT = 'EquipoiseLinearWeightGradient';

/** A block of the weight that is packed at a time stays in the second-level cache. */
const BLOCK = { rows: 256, columns: 64 } as const;
/** Rows of the weight's gradient that are written at a time. */
const GRADIENT_ROWS = 64;

/** Whether these kernels take a weight of so many inputs and outputs. */
export const linearFits = (inputs: number, outputs: number): boolean =>
  fitsPanels(outputs) && inputs % 2 === 0;

const table = (machine: Machine, rows: number, fromBytes: number, toBytes: number): number => {
  const address = machine.allocate(tableBytes(rows));
  fillTable(
    machine,
    address,
    rows,
    (row) => row * fromBytes,
    (row) => row * toBytes,
  );
  return address;
};

/** x [n, i], weight [i, o], bias [o] -> [n, o]. */
export const linear: SimdKernel = (machine, [x, weight, bias]) => {
  const [n, i] = x!.shape as [number, number];
  const o = weight!.shape[1]!;
  const y = machine.output([n, o]);
  const [rows, panels, { floor }] = [
    table(machine, n, i * 4, o * 4),
    machine.allocate(BLOCK.rows * BLOCK.columns * 4),
    nothing(machine, 0, -Infinity),
  ];
  for (let row = 0; row < i; row += BLOCK.rows)
    for (let column = 0; column < o; column += BLOCK.columns) {
      const [run, columns] = [Math.min(BLOCK.rows, i - row), Math.min(BLOCK.columns, o - column)];
      pack(machine, machine.address(weight!) + (row * o + column) * 4, panels, columns, run, o * 4, run);
      multiply(machine, {
        table: rows,
        rows: n,
        left: machine.address(x!) + row * 4,
        segments: 1,
        run,
        step: 4,
        skip: 0,
        panels,
        columns,
        out: machine.address(y) + column * 4,
        bias: row === 0 ? machine.address(bias!) + column * 4 : null,
        floor,
      });
    }
  return [y];
};

/** x^T dy, [i, o]. */
export const linearWeightGradient: SimdKernel = (machine, [x, dy]) => {
  const [n, i] = x!.shape as [number, number];
  const o = dy!.shape[1]!;
  const out = machine.output([i, o]);
  const [turned, panels] = [machine.allocate(i * n * 4), machine.allocate(n * o * 4)];
  const [rows, { zeros, floor }] = [
    table(machine, GRADIENT_ROWS, n * 4, o * 4),
    nothing(machine, o, -Infinity),
  ];
  machine.run.transpose(machine.address(x!), turned, n, i, i * 4, 4, n * 4);
  pack(machine, machine.address(dy!), panels, o, n, o * 4, n);
  for (let row = 0; row < i; row += GRADIENT_ROWS) {
    const count = Math.min(GRADIENT_ROWS, i - row);
    multiply(machine, {
      table: count === GRADIENT_ROWS ? rows : table(machine, count, n * 4, o * 4),
      rows: count,
      left: turned + row * n * 4,
      segments: 1,
      run: n,
      step: 4,
      skip: 0,
      panels,
      columns: o,
      out: machine.address(out) + row * o * 4,
      bias: zeros,
      floor,
    });
  }
  return [out];
};

/** dy weight^T, [n, i]. */
export const linearInputGradient: SimdKernel = (machine, [dy, weight]) => {
  const [n, o] = dy!.shape as [number, number];
  const i = weight!.shape[0]!;
  const dx = machine.output([n, i]);
  const rows = table(machine, n, o * 4, i * 4);
  machine.run.dotRows(
    rows,
    Math.ceil(n / 4),
    machine.address(dy!),
    machine.address(weight!),
    o / 4,
    o * 4,
    i / 2,
    machine.address(dx),
  );
  return [dx];
};

/** By the name of the kernel. */
export const LINEAR_KERNELS = {
  [LINEAR]: linear,
  [LINEAR_INPUT_GRADIENT]: linearInputGradient,
  [LINEAR_WEIGHT_GRADIENT]: linearWeightGradient,
} as const;

/** Runs one of them on the current backend. */
export const runLinear = (
  name: keyof typeof LINEAR_KERNELS,
  a: tf.Tensor,
  b: tf.Tensor,
  c?: tf.Tensor,
): tf.Tensor => tf.engine().runKernel(name, { a, b, ...(c ? { c } : {}) });
