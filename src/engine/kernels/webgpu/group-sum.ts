/**
 * The sum of one number (or vector) of every thread of a workgroup, in three ways. A pass declares `total`,
 * gives it each thread's share in uniform control flow, and all threads get the sum.
 */
import type { Traits } from './backend';

export type Reduction = 'serial' | 'workgroup' | 'subgroups';

export const REDUCTIONS: readonly {
  readonly name: Reduction;
  readonly software: boolean;
  supports(problem: unknown, traits: Traits): boolean;
}[] = [
  { name: 'subgroups', software: false, supports: (_problem, { subgroups }) => subgroups },
  { name: 'workgroup', software: false, supports: () => true },
  { name: 'serial', software: true, supports: () => true },
];

/** Threads of the workgroup; the serial one has a single thread that does everything. */
export const threadsOf = (how: Reduction): number => (how === 'serial' ? 1 : 64);

/** Parameters of `main` that `total` needs. */
export const groupParameters = (how: Reduction): string =>
  `@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32${
    how === 'subgroups'
      ? ', @builtin(subgroup_size) subgroup: u32, @builtin(subgroup_invocation_id) inSubgroup: u32'
      : ''
  }`;

/** A call of `total`. */
export const totalOf = (how: Reduction, value: string): string =>
  how === 'subgroups' ? `total(${value}, local, subgroup, inSubgroup)` : `total(${value}, local)`;

/** The WGSL of `total` for a type; its order of additions is fixed, so that a run repeats bit for bit. */
export function totalFunction(how: Reduction, type: 'f32' | 'vec4f'): string {
  if (how === 'serial') return `fn total(value: ${type}, local: u32) -> ${type} { return value; }`;
  const shared = `var<workgroup> shares: array<${type}, 64>;`;
  if (how === 'workgroup')
    return `${shared}
fn total(value: ${type}, local: u32) -> ${type} {
  shares[local] = value;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half /= 2u) {
    if (local < half) { shares[local] += shares[local + half]; }
    workgroupBarrier();
  }
  let all = shares[0];
  workgroupBarrier();
  return all;
}`;
  return `${shared}
fn total(value: ${type}, local: u32, subgroup: u32, inSubgroup: u32) -> ${type} {
  let share = subgroupAdd(value);
  if (inSubgroup == 0u) { shares[local / subgroup] = share; }
  workgroupBarrier();
  var all = ${type}(0);
  for (var s = 0u; s < (64u + subgroup - 1u) / subgroup; s++) { all += shares[s]; }
  workgroupBarrier();
  return all;
}`;
}
