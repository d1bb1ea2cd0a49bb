/**
 * The way back through max pooling (if any), ReLU and batch norm. Neither the normalised activations nor the
 * positions of the maxima are kept: both follow from z. Three passes: sums over chunks, all chunks of a
 * channel, and dz in the place of z.
 */
import {
  ACTIVATION,
  chunks,
  normClass,
  normal,
  pooledSide,
  type NormParameters,
  type NormShape,
} from './batch-norm-shape';
import { groupShape } from './conv-work';
import { flat, flatIndex, reads, writes, type Gpu, type Operand } from './gpu';
import { REDUCTIONS, groupParameters, threadsOf, totalFunction, totalOf, type Reduction } from './group-sum';
import { Kernel, type Variant } from './registry';
import { divides4, every, lane, unroll } from './wgsl';

export interface NormBackwardOperands extends NormParameters {
  /** Becomes dz. */
  readonly z: Operand;
  /** [n, h / pool, w / pool, c] */
  readonly dy: Operand;
  /** [c] each. */
  readonly dScale: Operand;
  readonly dOffset: Operand;
}

/**
 * WGSL: `n<t>`, the normalised values of a window, `g`, the gradient of its largest activation, and
 * `from<t>`, whether that is value t - the first one on a tie.
 */
const window = (pool: number, type: string, z: (t: number) => string, dy: string): string => {
  const taps = pool * pool;
  const yes = type === 'f32' ? 'true' : 'vec4<bool>(true)';
  return `${unroll(taps, (t) => `    let n${t} = ${normal(z(t))};\n    let y${t} = n${t} * a + b;`)}
    let best = ${Array.from({ length: taps }, (_, t) => `y${t}`).reduce((m, y) => `max(${m}, ${y})`)};
    let g = select(${type}(0), ${dy}, best > ${type}(0));
    var open = ${yes};
${unroll(taps, (t) => `    let from${t} = open & (y${t} == best);\n    open = open & !from${t};`)}`;
};

const variant = (name: Reduction): Omit<Variant<NormShape, NormBackwardOperands>, 'name' | 'supports'> => ({
  run(gpu: Gpu, { n, h, w, c, pool }, { z, dy, statistics, scale, offset, dScale, dOffset }) {
    const vector = divides4(c);
    const [type, per] = [lane(vector), vector ? 4 : 1];
    const lanes = c / per;
    const [ho, wo] = [pooledSide(h, pool), pooledSide(w, pool)];
    const lines = n * ho;
    const cut = chunks(lines, lanes, Math.ceil(16 / wo), gpu.traits);
    const parts = gpu.empty([2, cut.count, c]);
    const [gx, gy] = groupShape(lanes);
    const sizes = { h, w, c: lanes, ho, wo, lines, chunks: cut.count, length: cut.length };
    const parameters = [
      reads('statistics', type, statistics),
      reads('scale', type, scale),
      reads('offset', type, offset),
    ];
    const at =
      (corner: string) =>
      (t: number): string =>
        `z[${corner} + (${Math.floor(t / pool)}u * u.w + ${t % pool}u) * u.c]`;
    const taps = pool * pool;
    gpu.run({
      label: `norm backward chunks ${pool} ${type} ${gx}`,
      sizes,
      bindings: [reads('z', type, z), reads('dy', type, dy), ...parameters, writes('parts', type, parts)],
      workgroups: [Math.ceil(lanes / gx), Math.ceil(cut.count / gy), 1],
      code: () => `
@compute @workgroup_size(${gx}, ${gy})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= u.c || id.y >= u.chunks) { return; }
  let channel = id.x;
${ACTIVATION}
  var sum = ${type}(0);
  var weighted = ${type}(0);
  let end = min((id.y + 1u) * u.length, u.lines);
  for (var line = id.y * u.length; line < end; line++) {
    let image = line / u.ho;
    var corner = ((image * u.h + (line - image * u.ho) * ${pool}u) * u.w) * u.c + channel;
    var source = line * u.wo * u.c + channel;
    for (var column = 0u; column < u.wo; column++) {
${window(pool, type, at('corner'), 'dy[source]')}
      sum += g;
      weighted += g * ${Array.from({ length: taps - 1 }, (_, i) => taps - 2 - i).reduce((rest, t) => `select(${rest}, n${t}, from${t})`, `n${taps - 1}`)};
      corner += ${pool}u * u.c;
      source += u.c;
    }
  }
  parts[id.y * u.c + channel] = sum;
  parts[(u.chunks + id.y) * u.c + channel] = weighted;
}`,
    });
    gpu.run({
      label: `norm backward sums ${type} ${name}`,
      sizes: { c: lanes, chunks: cut.count },
      subgroups: name === 'subgroups',
      bindings: [
        reads('parts', type, parts),
        writes('dScale', type, dScale),
        writes('dOffset', type, dOffset),
      ],
      workgroups: [lanes, 1, 1],
      code: () => `
${totalFunction(name, type)}
@compute @workgroup_size(${threadsOf(name)})
fn main(${groupParameters(name)}) {
  var sum = ${type}(0);
  var weighted = ${type}(0);
  for (var i = local; i < u.chunks; i += ${threadsOf(name)}u) {
    sum += parts[i * u.c + group.x];
    weighted += parts[(u.chunks + i) * u.c + group.x];
  }
  let allSum = ${totalOf(name, 'sum')};
  let allWeighted = ${totalOf(name, 'weighted')};
  if (local != 0u) { return; }
  dOffset[group.x] = allSum;
  dScale[group.x] = allWeighted;
}`,
    });
    parts.dispose();
    // Windows at the edge may be cut short: their values took part in the statistics, but not in the pooling.
    const [tall, wide] = [Math.ceil(h / pool), Math.ceil(w / pool)];
    const count = n * tall * wide * lanes;
    gpu.run({
      label: `norm backward ${pool} ${type}`,
      sizes: { h, w, c: lanes, ho, wo, tall, wide, count, positions: n * h * w },
      bindings: [
        writes('z', type, z),
        reads('dy', type, dy),
        ...parameters,
        reads('dScale', type, dScale),
        reads('dOffset', type, dOffset),
      ],
      workgroups: flat(count),
      code: () => `${flatIndex}
  if (index >= u.count) { return; }
  let place = index / u.c;
  let channel = index - place * u.c;
${ACTIVATION}
  let line = place / u.wide;
  let column = place - line * u.wide;
  let image = line / u.tall;
  let row = line - image * u.tall;
  let whole = ${every('row < u.ho', 'column < u.wo')};
  let corner = ((image * u.h + row * ${pool}u) * u.w + column * ${pool}u) * u.c + channel;
  let source = ((image * u.ho + row) * u.wo + column) * u.c + channel;
${window(pool, type, at('corner'), `select(${type}(0), dy[source], whole)`)}
  let meanSum = dOffset[channel] / f32(u.positions);
  let meanWeighted = dScale[channel] / f32(u.positions);
${unroll(
  taps,
  (
    t,
  ) => `  ${t === 0 ? '' : `if (row * ${pool}u + ${Math.floor(t / pool)}u < u.h && column * ${pool}u + ${t % pool}u < u.w) `}{
    ${at('corner')(t)} = a * inverse * (select(${type}(0), g, from${t}) - meanSum - n${t} * meanWeighted);
  }`,
)}
}`,
    });
  },
});

export const batchNormBackward = new Kernel<NormShape, NormBackwardOperands>(
  'batch-norm-relu-pool-backward',
  normClass,
  REDUCTIONS.map((reduction) => ({ ...reduction, ...variant(reduction.name) })),
);
