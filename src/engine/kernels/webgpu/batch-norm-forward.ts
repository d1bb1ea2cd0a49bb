/**
 * Normalisation, ReLU and (if any) max pooling in one pass: z is read once and only the pooled result is
 * written.
 */
import {
  ACTIVATION,
  active,
  normClass,
  pooledSide,
  type NormParameters,
  type NormShape,
} from './batch-norm-shape';
import { flat, flatIndex, reads, writes, type Gpu, type Operand } from './gpu';
import { Kernel, type Variant } from './registry';
import { divides4, lane, unroll } from './wgsl';

export interface NormForwardOperands extends NormParameters {
  readonly z: Operand;
  /** [n, h / pool, w / pool, c] */
  readonly y: Operand;
}

const elementwise: Variant<NormShape, NormForwardOperands> = {
  name: 'elementwise',
  supports: () => true,
  run(gpu: Gpu, { n, h, w, c, pool }, { z, y, statistics, scale, offset }) {
    const vector = divides4(c);
    const [type, per] = [lane(vector), vector ? 4 : 1];
    const [ho, wo] = [pooledSide(h, pool), pooledSide(w, pool)];
    const count = (n * ho * wo * c) / per;
    gpu.run({
      label: `norm relu pool ${pool} ${type}`,
      bindings: [
        reads('z', type, z),
        reads('statistics', type, statistics),
        reads('scale', type, scale),
        reads('offset', type, offset),
        writes('y', type, y),
      ],
      sizes: { h, w, c: c / per, ho, wo, count },
      workgroups: flat(count),
      code: () => `${flatIndex}
  if (index >= u.count) { return; }
  let place = index / u.c;
  let channel = index - place * u.c;
${ACTIVATION}
${
  pool === 1
    ? `  let best = ${active('z[index]')};`
    : `
  let line = place / u.wo;
  let column = (place - line * u.wo) * ${pool}u;
  let row = (line % u.ho) * ${pool}u;
  let corner = ((line / u.ho * u.h + row) * u.w + column) * u.c + channel;
  var best = ${active('z[corner]')};
${unroll(pool * pool - 1, (t) => `  { let next = ${active(`z[corner + (${Math.floor((t + 1) / pool)}u * u.w + ${(t + 1) % pool}u) * u.c]`)}; best = select(next, best, next <= best); }`)}`
}
  y[index] = select(best, ${type}(0), best < ${type}(0));
}`,
    });
  },
};

export const batchNormForward = new Kernel<NormShape, NormForwardOperands>(
  'batch-norm-relu-pool',
  normClass,
  [elementwise],
);
