/**
 * Runs one variant on this device and compares what it leaves behind: with sums in double precision at chosen
 * places, and everywhere (or in windows spread over what is large) with a variant that was found right; where
 * two disagree, the host decides.
 */
import { agrees, type Expected } from '../../reference/expected';
import type { Gpu } from '../gpu';
import { Stage } from './stage';
import type { Case, Output } from './trial';

/** Results that are read and compared in full, else windows of them. */
const WHOLE = 2 ** 18;
const WINDOW = 4096;
/** Operations that the host spends on the reference values of one output. */
const HOST_OPERATIONS = 4e5;
const LEAST_SAMPLES = 8;

export type Verdict = { readonly right: true } | { readonly right: false; readonly reason: string };

interface Window {
  readonly output: number;
  readonly start: number;
  readonly count: number;
}

/** Several variants on one problem. Its operands lie on the device until it is disposed. */
export class Verification {
  private readonly stage: Stage;
  private readonly outputs: readonly Output[];
  private readonly runVariant: (variant: string) => void;
  private readonly windows: readonly Window[];
  /** Places in each window that every variant is compared with the host at. */
  private readonly samples: readonly number[][];
  private readonly known: readonly Map<number, Expected | null>[];
  /** What a variant that was found right left behind. */
  private accepted: readonly ArrayLike<number>[] | null = null;
  private doubt = false;

  constructor(
    private readonly gpu: Gpu,
    one: Case,
  ) {
    this.stage = new Stage(gpu);
    const staged = one.stage(this.stage);
    this.outputs = staged.outputs;
    this.runVariant = staged.run;
    this.windows = this.outputs.flatMap(({ length }, output) =>
      windowsOf(length).map((window) => ({ output, ...window })),
    );
    this.samples = this.windows.map(({ output, start, count }) =>
      samplesOf(this.outputs[output]!, start, count, this.windows.filter((w) => w.output === output).length),
    );
    this.known = this.outputs.map(() => new Map());
  }

  /**
   * A verdict for each. Where one shows that another was taken for right too early, all are compared again.
   */
  async verdicts(variants: readonly string[]): Promise<Map<string, Verdict>> {
    const all = new Map<string, Verdict>();
    do {
      this.doubt = false;
      this.accepted = null;
      for (const variant of variants)
        if (all.get(variant)?.right !== false) all.set(variant, await this.check(variant));
    } while (this.doubt);
    return all;
  }

  /** Never throws: what cannot be compiled or run is not right. */
  private async check(variant: string): Promise<Verdict> {
    try {
      const failure = await guarded(this.gpu, () => {
        this.stage.reset();
        this.runVariant(variant);
      });
      if (failure !== null) return { right: false, reason: failure };
      const found = await this.read();
      const wrong = this.compare(found);
      if (wrong !== null) return { right: false, reason: wrong };
      this.accepted ??= found;
      return { right: true };
    } catch (error) {
      return { right: false, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  dispose(): void {
    this.stage.dispose();
  }

  private async read(): Promise<ArrayLike<number>[]> {
    const bytes = await this.stage.read(
      this.windows.map(({ output, start, count }) => ({ slice: this.outputs[output]!.slice, start, count })),
    );
    return bytes.map((buffer, i) =>
      this.outputs[this.windows[i]!.output]!.words ? new Uint32Array(buffer) : new Float32Array(buffer),
    );
  }

  /** @returns what is wrong, or null */
  private compare(found: readonly ArrayLike<number>[]): string | null {
    for (const [i, window] of this.windows.entries()) {
      const values = found[i]!;
      const suspects = this.disagreement(values, i);
      for (const at of [...this.samples[i]!, ...suspects]) {
        const expected = this.expected(window.output, window.start + at);
        if (expected && !agrees(values[at]!, expected))
          return `${values[at]!.toPrecision(6)} instead of ${expected.value.toPrecision(6)} at ${window.start + at}`;
      }
      for (const at of suspects) {
        const expected = this.expected(window.output, window.start + at);
        if (!expected || agrees(this.accepted![i]![at]!, expected)) continue;
        this.samples[i]!.push(at);
        this.doubt = true;
      }
    }
    return null;
  }

  /**
   * Where a window differs most from the variant found right before; empty where that is nowhere worth a
   * look.
   */
  private disagreement(values: ArrayLike<number>, i: number): readonly number[] {
    const right = this.accepted?.[i];
    if (!right) return [];
    let [worst, at] = [0, -1];
    for (let k = 0; k < values.length; k++) {
      const difference = Math.abs(values[k]! - right[k]!);
      if (difference > worst || Number.isNaN(difference)) [worst, at] = [difference, k];
      if (Number.isNaN(difference)) break;
    }
    return at < 0 ? [] : [at];
  }

  private expected(output: number, index: number): Expected | null {
    const known = this.known[output]!;
    if (!known.has(index)) known.set(index, this.outputs[output]!.at(index));
    return known.get(index)!;
  }
}

/** Runs what records passes and sends it. @returns what the device or the code said against it, or null */
export async function guarded(gpu: Gpu, record: () => void): Promise<string | null> {
  const { device } = gpu.backend;
  const filters = ['validation', 'internal', 'out-of-memory'] as const;
  let thrown: string | null = null;
  gpu.flush(); // what was recorded before is not ours to answer for
  for (const filter of filters) device.pushErrorScope(filter);
  try {
    record();
    gpu.flush();
  } catch (error) {
    thrown = error instanceof Error ? error.message : String(error);
  }
  const told = await Promise.all(filters.map(() => device.popErrorScope()));
  return thrown ?? told.find((error) => error !== null)?.message ?? null;
}

/** All of a small result; else windows over all of it, the first and the last number among them. */
function windowsOf(length: number): readonly { readonly start: number; readonly count: number }[] {
  if (length <= WHOLE) return [{ start: 0, count: length }];
  const pieces = WHOLE / WINDOW;
  return Array.from({ length: pieces }, (_, i) => ({
    start: Math.floor((i * (length - WINDOW)) / (pieces - 1)),
    count: WINDOW,
  }));
}

/**
 * Everything, if that is cheap; else both ends and places between that share no pattern with rows or tiles.
 */
function samplesOf({ cost }: Output, start: number, count: number, windows: number): number[] {
  const affordable = Math.max(
    Math.ceil(LEAST_SAMPLES / windows),
    Math.floor(HOST_OPERATIONS / cost / windows),
  );
  if (affordable >= count) return Array.from({ length: count }, (_, i) => i);
  const between = Array.from({ length: Math.max(0, affordable - 2) }, (_, i) =>
    Math.floor(((i + 1) * 0.618_034 * count + start) % count),
  );
  return [0, count - 1, ...between];
}
