/**
 * The self-check's model in plain double-precision loops, forward and backward, sharing nothing with the
 * engine: conv 1->4, batch norm, ReLU, pool 2, conv 4->4, ReLU, flatten, linear 64->8, ReLU, linear 8->3.
 */
type Volume = {
  readonly d: Float64Array;
  readonly h: number;
  readonly w: number;
  readonly c: number;
  readonly n: number;
};
const volume = (n: number, h: number, w: number, c: number): Volume => ({
  n,
  h,
  w,
  c,
  d: new Float64Array(n * h * w * c),
});
const at = (v: Volume, n: number, y: number, x: number, c: number): number =>
  ((n * v.h + y) * v.w + x) * v.c + c;

/** Visits every product x * filter of a 3x3 convolution with padding 1. */
function eachTap(x: Volume, o: number, visit: (input: number, filter: number, output: number) => void): void {
  const y = { ...x, c: o };
  for (let n = 0; n < x.n; n++)
    for (let r = 0; r < x.h; r++)
      for (let q = 0; q < x.w; q++)
        for (let a = 0; a < 3; a++)
          for (let b = 0; b < 3; b++) {
            const [rr, qq] = [r + a - 1, q + b - 1];
            if (rr < 0 || qq < 0 || rr >= x.h || qq >= x.w) continue;
            for (let i = 0; i < x.c; i++)
              for (let k = 0; k < o; k++)
                visit(at(x, n, rr, qq, i), ((a * 3 + b) * x.c + i) * o + k, at(y, n, r, q, k));
          }
}

function conv(x: Volume, f: Float32Array, bias: Float32Array): Volume {
  const y = volume(x.n, x.h, x.w, bias.length);
  for (let i = 0; i < y.d.length; i++) y.d[i] = bias[i % bias.length]!;
  eachTap(x, bias.length, (input, filter, output) => {
    y.d[output]! += x.d[input]! * f[filter]!;
  });
  return y;
}

function convBack(x: Volume, f: Float32Array, dy: Volume) {
  const [dx, df, db] = [volume(x.n, x.h, x.w, x.c), new Float64Array(f.length), new Float64Array(dy.c)];
  eachTap(x, dy.c, (input, filter, output) => {
    dx.d[input]! += dy.d[output]! * f[filter]!;
    df[filter]! += dy.d[output]! * x.d[input]!;
  });
  dy.d.forEach((v, i) => {
    db[i % dy.c]! += v;
  });
  return { dx, df, db };
}

function dense(x: Float64Array, rows: number, w: Float32Array, b: Float32Array): Float64Array {
  const [i, o] = [x.length / rows, b.length];
  return Float64Array.from({ length: rows * o }, (_, at_) => {
    const [r, k] = [Math.floor(at_ / o), at_ % o];
    let sum = b[k]!;
    for (let j = 0; j < i; j++) sum += x[r * i + j]! * w[j * o + k]!;
    return sum;
  });
}

function denseBack(x: Float64Array, rows: number, w: Float32Array, dy: Float64Array) {
  const [i, o] = [x.length / rows, dy.length / rows];
  const [dx, dw, db] = [new Float64Array(x.length), new Float64Array(w.length), new Float64Array(o)];
  for (let r = 0; r < rows; r++)
    for (let k = 0; k < o; k++) {
      const g = dy[r * o + k]!;
      db[k]! += g;
      for (let j = 0; j < i; j++) {
        dx[r * i + j]! += g * w[j * o + k]!;
        dw[j * o + k]! += g * x[r * i + j]!;
      }
    }
  return { dx, dw, db };
}

/** Logits and gradients by parameter name. @param p parameter values by name @param dLogits [count x 3] */
export function referencePass(
  p: (name: string) => Float32Array,
  images: Uint8Array,
  count: number,
  dLogits: Float32Array,
) {
  const x = volume(count, 8, 8, 1);
  images.forEach((v, i) => {
    x.d[i] = (v / 255 - 0.5) / 0.225;
  });
  const z = conv(x, p('a.weight'), p('a.bias'));
  const [scale, offset] = [p('n.weight'), p('n.bias')];
  const total = z.d.length / 4;
  const mean = [0, 1, 2, 3].map((c) => z.d.filter((_, i) => i % 4 === c).reduce((a, b) => a + b, 0) / total);
  const inverse = mean.map(
    (m, c) =>
      1 / Math.sqrt(z.d.filter((_, i) => i % 4 === c).reduce((a, b) => a + (b - m) ** 2, 0) / total + 1e-5),
  );
  const normal = z.d.map((v, i) => (v - mean[i % 4]!) * inverse[i % 4]!);
  const active = { ...z, d: normal.map((v, i) => Math.max(0, v * scale[i % 4]! + offset[i % 4]!)) };
  const pooled = volume(count, 4, 4, 4);
  const source = new Int32Array(pooled.d.length);
  for (let n = 0; n < count; n++)
    for (let r = 0; r < 4; r++)
      for (let q = 0; q < 4; q++)
        for (let c = 0; c < 4; c++) {
          const window = [
            [0, 0],
            [0, 1],
            [1, 0],
            [1, 1],
          ].map(([a, b]) => at(active, n, 2 * r + a!, 2 * q + b!, c));
          const best = window.reduce((i, j) => (active.d[j]! > active.d[i]! ? j : i));
          const to = at(pooled, n, r, q, c);
          pooled.d[to] = active.d[best]!;
          source[to] = best;
        }
  const second = conv(pooled, p('b.weight'), p('b.bias'));
  const flat = second.d.map((v) => Math.max(0, v));
  const hidden = dense(flat, count, p('l.weight'), p('l.bias'));
  const hot = hidden.map((v) => Math.max(0, v));
  const logits = dense(hot, count, p('h.weight'), p('h.bias'));

  const head = denseBack(hot, count, p('h.weight'), Float64Array.from(dLogits));
  const inner = denseBack(
    flat,
    count,
    p('l.weight'),
    head.dx.map((g, i) => (hidden[i]! > 0 ? g : 0)),
  );
  const b = convBack(pooled, p('b.weight'), {
    ...second,
    d: inner.dx.map((g, i) => (second.d[i]! > 0 ? g : 0)),
  });
  const g = new Float64Array(z.d.length);
  b.dx.d.forEach((v, i) => {
    if (active.d[source[i]!]! > 0) g[source[i]!]! += v;
  });
  const per = (fn: (i: number) => number): Float64Array => {
    const out = new Float64Array(4);
    g.forEach((_, i) => {
      out[i % 4]! += fn(i);
    });
    return out;
  };
  const dOffset = per((i) => g[i]!);
  const dScale = per((i) => g[i]! * normal[i]!);
  const dz = g.map(
    (v, i) =>
      scale[i % 4]! * inverse[i % 4]! * (v - dOffset[i % 4]! / total - (normal[i]! * dScale[i % 4]!) / total),
  );
  const a = convBack(x, p('a.weight'), { ...z, d: dz });
  return {
    logits,
    gradients: {
      'a.weight': a.df,
      'a.bias': a.db,
      'n.weight': dScale,
      'n.bias': dOffset,
      'b.weight': b.df,
      'b.bias': b.db,
      'l.weight': inner.dw,
      'l.bias': inner.db,
      'h.weight': head.dw,
      'h.bias': head.db,
    } as Readonly<Record<string, Float64Array>>,
  };
}
