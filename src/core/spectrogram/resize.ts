/**
 * Bicubic resizing of grey-level images with the arithmetic of OpenCV's own `resize(INTER_CUBIC)` on uint8:
 * a = -0.75, half-pixel centres, replicated edges, no anti-aliasing, 11-bit fixed-point coefficients.
 * Identical on every pixel to opencv-python with IPP off; docs/decisions/0003-cubic-resize.md says why that
 * one.
 */

/** One axis: for each output coordinate the four source coordinates (edges replicated) and their weights. */
interface Axis {
  readonly taps: Int32Array;
  /** Times 2048. */
  readonly fixed: Int32Array;
  /** `fixed` over 2^22, the scale of both passes, in float32. */
  readonly float: Float32Array;
}

const COEFFICIENT_ONE = 2048;
const BOTH_PASSES = 22;
/**
 * OpenCV's vector loop takes eight pixels and computes in float32; what is left over it computes in integers.
 */
const LANES = 8;
/** Adding and subtracting 1.5 * 2^52 rounds to the nearest integer, ties to even. */
const ROUND = 6755399441055744;

const axes = new Map<string, Axis>();

function axisFor(from: number, to: number): Axis {
  const key = `${from}:${to}`;
  let axis = axes.get(key);
  if (!axis) {
    if (axes.size >= 64) axes.clear();
    axis = makeAxis(from, to);
    axes.set(key, axis);
  }
  return axis;
}

function makeAxis(from: number, to: number): Axis {
  const taps = new Int32Array(4 * to);
  const fixed = new Int32Array(4 * to);
  // The reciprocal of the reciprocal, as OpenCV gets its scale.
  const scale = 1 / (to / from);
  for (let i = 0; i < to; i++) {
    const centre = Math.fround((i + 0.5) * scale - 0.5);
    const whole = Math.floor(centre);
    const weights = cubicWeights(Math.fround(centre - whole));
    for (let k = 0; k < 4; k++) {
      taps[4 * i + k] = Math.max(0, Math.min(from - 1, whole - 1 + k));
      fixed[4 * i + k] = weights[k]! * COEFFICIENT_ONE + ROUND - ROUND;
    }
  }
  return { taps, fixed, float: Float32Array.from(fixed, (weight) => weight / 2 ** BOTH_PASSES) };
}

/** Weights of the pixels at -1, 0, 1, 2 for a point at `x` in 0..1, every operation rounded to float32. */
function cubicWeights(x: number): readonly number[] {
  const f = Math.fround;
  const a = -0.75;
  const inner = (t: number): number => f(f(f(f(f((a + 2) * t) - (a + 3)) * t) * t) + 1);
  const left = f(x + 1);
  const outer = f(f(f(f(f(f(a * left) - 5 * a) * left) + 8 * a) * left) - 4 * a);
  const centre = inner(x);
  const right = inner(f(1 - x));
  return [outer, centre, right, f(f(f(1 - outer) - centre) - right)];
}

/** Horizontally resized rows, the four last used ones; reused between calls. */
let rows: Int32Array[] = [];

/**
 * @param source uint8 [height][width]
 * @param out uint8 [toHeight][toWidth]; a new array unless given
 */
export function resizeCubic(
  source: Uint8Array,
  width: number,
  height: number,
  toWidth: number,
  toHeight: number,
  out: Uint8Array<ArrayBuffer> = new Uint8Array(toWidth * toHeight),
): Uint8Array<ArrayBuffer> {
  const across = axisFor(width, toWidth);
  const down = axisFor(height, toHeight);
  if (rows.length !== 4 || rows[0]!.length < toWidth)
    rows = Array.from({ length: 4 }, () => new Int32Array(toWidth));
  // Source rows in use are neighbours, so a row's number modulo 4 names a buffer that no other of them needs.
  const held = [-1, -1, -1, -1];
  const rowAt = (y: number): Int32Array => {
    const row = rows[y & 3]!;
    if (held[y & 3] !== y) {
      resizeRow(source, y * width, across, row, toWidth);
      held[y & 3] = y;
    }
    return row;
  };
  for (let y = 0; y < toHeight; y++) {
    const near = [0, 1, 2, 3].map((k) => rowAt(down.taps[4 * y + k]!)) as [
      Int32Array,
      Int32Array,
      Int32Array,
      Int32Array,
    ];
    blendRows(near, down, 4 * y, out.subarray(y * toWidth, (y + 1) * toWidth));
  }
  return out;
}

function resizeRow(
  source: Uint8Array,
  offset: number,
  { taps, fixed }: Axis,
  row: Int32Array,
  toWidth: number,
): void {
  for (let x = 0, k = 0; x < toWidth; x++, k += 4)
    row[x] =
      source[offset + taps[k]!]! * fixed[k]! +
      source[offset + taps[k + 1]!]! * fixed[k + 1]! +
      source[offset + taps[k + 2]!]! * fixed[k + 2]! +
      source[offset + taps[k + 3]!]! * fixed[k + 3]!;
}

/** One output row from the four rows around it. @param k where the row's weights begin */
function blendRows(
  [r0, r1, r2, r3]: readonly [Int32Array, Int32Array, Int32Array, Int32Array],
  down: Axis,
  k: number,
  out: Uint8Array,
): void {
  const f = Math.fround;
  const { float, fixed } = down;
  const vectored = out.length - (out.length % LANES);
  for (let x = 0; x < vectored; x++) {
    const inner = f(f(r2[x]! * float[k + 2]!) + f(r3[x]! * float[k + 3]!));
    const sum = f(f(r0[x]! * float[k]!) + f(f(r1[x]! * float[k + 1]!) + inner));
    out[x] = clamp(sum + ROUND - ROUND);
  }
  for (let x = vectored; x < out.length; x++) {
    const sum = r0[x]! * fixed[k]! + r1[x]! * fixed[k + 1]! + r2[x]! * fixed[k + 2]! + r3[x]! * fixed[k + 3]!;
    out[x] = clamp((sum + 2 ** (BOTH_PASSES - 1)) >> BOTH_PASSES);
  }
}

const clamp = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value);
