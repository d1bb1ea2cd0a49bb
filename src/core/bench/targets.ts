/**
 * What the engine must reach beside others, as data: the benchmark writes it into its lines, the document
 * lists it. Not here: how it is measured.
 */
import type { Target } from './line';

export interface TargetCase {
  readonly backend: string;
  readonly case: string;
  readonly target: Target;
  /** An adapter in hardware is measured, but promises nothing: it was set for one in software. */
  readonly softwareOnly?: true;
}

const most = (value: number): Target => ({ at: 'most', value });
const least = (value: number): Target => ({ at: 'least', value });

/** In the order in which the document lists them. */
export const TARGETS: readonly TargetCase[] = [
  { backend: 'wasm', case: 'step-compact', target: most(3) },
  { backend: 'wasm', case: 'step-paper', target: most(3) },
  { backend: 'wasm', case: 'step-tiny', target: least(40) },
  { backend: 'webgpu', case: 'step-tiny', target: least(8), softwareOnly: true },
  { backend: 'webgpu', case: 'paper-dispatches', target: least(3) },
  { backend: 'webgpu', case: 'paper-bytes-moved', target: least(2) },
  { backend: 'webgpu', case: 'paper-peak-bytes', target: least(2) },
];

/** The part of a line that says what must be reached; empty where nothing must. */
export function targetOf(backend: string, id: string, software = true): { readonly target?: Target } {
  const found = TARGETS.find((one) => one.backend === backend && one.case === id);
  return found && (software || !found.softwareOnly) ? { target: found.target } : {};
}
