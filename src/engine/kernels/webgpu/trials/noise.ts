/**
 * Numbers that follow from their index: a small pass writes them on the device, the host knows each without
 * keeping any. So a trial of any size uploads nothing, and a reference value costs only what it is made of.
 */
import { flat, flatIndex, writes, type Gpu } from '../gpu';
import type { Slice } from '../backend';

/** Multiples of 2^-16 in -0.5 <= v < 0.5, exact in float32. @param salt an unsigned 32-bit number */
export function noiseAt(index: number, salt: number): number {
  let h = Math.imul(index ^ salt, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca77);
  return ((h ^ (h >>> 13)) & 0xffff) / 65_536 - 0.5;
}

/** Writes {@link noiseAt} of every index, plus `shift`. */
export function fillNoise(gpu: Gpu, x: Slice, count: number, salt: number, shift: number): void {
  gpu.run({
    label: 'trial noise',
    bindings: [writes('x', 'f32', x)],
    sizes: { count },
    values: { shift },
    words: { salt },
    workgroups: flat(count),
    code: () => `${flatIndex}
  if (index >= u.count) { return; }
  var h = (index ^ v.salt) * 0x9e3779b1u;
  h = (h ^ (h >> 15u)) * 0x85ebca77u;
  x[index] = f32((h ^ (h >> 13u)) & 0xffffu) / 65536f - 0.5f + v.shift;
}`,
  });
}
