/**
 * Counts what a WebGPU device is asked to do, by standing in the way of its own calls: dispatches, the bytes
 * of the buffers that a dispatch reads and writes, copies, and the bytes of all buffers that exist at a time.
 * It works on a real device and on one that computes nothing (silent-device.ts), and knows nothing of who
 * asks.
 */

export interface Counts {
  readonly dispatches: number;
  /**
   * Bytes of the bound storage buffers, each once for being read and once for being written, as the WGSL
   * says.
   */
  readonly bytes: number;
  /** Bytes copied between buffers and uploaded. */
  readonly copied: number;
  /** Most bytes that were allocated at a time since the device was new. */
  readonly peak: number;
}

export interface Counter {
  /** Since the last {@link reset}; the peak since the beginning. */
  counts(): Counts;
  reset(): void;
}

/** How often a dispatch moves the buffer of each binding: 1 for reading, 1 for writing. */
type Moves = ReadonlyMap<number, number>;

/** The position behind the bracket that matches the one at `open`. */
function behind(code: string, open: number): number {
  let depth = 0;
  for (let i = open; i < code.length; i++) {
    if (code[i] === '[') depth++;
    if (code[i] === ']' && --depth === 0) return i + 1;
  }
  return code.length;
}

/**
 * Reads off the WGSL which storage buffers are read and which are written; one that is only assigned to is
 * not read.
 */
export function movesOf(code: string): Moves {
  const moves = new Map<number, number>();
  const declared = /@binding\((\d+)\)\s*var<storage,\s*(read|read_write)>\s*(\w+)/g;
  for (const [whole, binding, access, name] of code.matchAll(declared)) {
    if (access === 'read') {
      moves.set(Number(binding), 1);
      continue;
    }
    let [read, written] = [false, false];
    for (const { index } of code
      .replace(whole, ' '.repeat(whole.length))
      .matchAll(new RegExp(String.raw`(?<![\w.])${name}\s*\[`, 'g'))) {
      const rest = code.slice(behind(code, code.indexOf('[', index)));
      const assigned = /^\s*(?:\.\w+\s*|\[[^\]]*\]\s*)*([-+*/|&^]?)=(?!=)/.exec(rest);
      written ||= assigned !== null;
      read ||= assigned === null || assigned[1] !== '';
    }
    moves.set(Number(binding), Math.max(1, Number(read) + Number(written)));
  }
  return moves;
}

type Entries = readonly {
  readonly binding: number;
  readonly resource: { readonly buffer: GPUBuffer; readonly size?: number };
}[];

type ArgumentsOf<F> = F extends (...args: infer A) => unknown ? A : never;
type ResultOf<F> = F extends (...args: never[]) => infer R ? R : never;

/** From now on, `device` is counted. */
export function count(device: GPUDevice): Counter {
  let [dispatches, bytes, copied, live, peak] = [0, 0, 0, 0, 0];
  const [codes, pipelines, groups] = [
    new WeakMap<object, string>(),
    new WeakMap<object, Moves>(),
    new WeakMap<object, Entries>(),
  ];

  /** From now on, `then` is told of every call of a method: its arguments and its result. */
  const watch = <T extends object, K extends keyof T>(
    object: T,
    method: K,
    then: (args: ArgumentsOf<T[K]>, result: ResultOf<T[K]>) => void,
  ): void => {
    const original = object[method] as (...args: unknown[]) => unknown;
    object[method] = ((...args: unknown[]) => {
      const result = original.apply(object, args);
      then(args as ArgumentsOf<T[K]>, result as ResultOf<T[K]>);
      return result;
    }) as T[K];
  };

  watch(device, 'createBuffer', ([{ size }], buffer) => {
    live += size;
    peak = Math.max(peak, live);
    let gone = false;
    watch(buffer, 'destroy', () => {
      if (!gone) live -= size;
      gone = true;
    });
  });
  watch(device, 'createShaderModule', ([{ code }], module) => {
    codes.set(module, code);
  });
  watch(device, 'createComputePipeline', ([{ compute }], pipeline) => {
    pipelines.set(pipeline, movesOf(codes.get(compute.module) ?? ''));
  });
  watch(device, 'createBindGroup', ([{ entries }], group) => {
    groups.set(group, [...entries] as unknown as Entries);
  });
  watch(device.queue, 'writeBuffer', ([, , data, , size]) => {
    copied += size ?? data.byteLength;
  });
  watch(device, 'createCommandEncoder', (_args, encoder) => {
    watch(encoder, 'copyBufferToBuffer', ([, , , , size]) => {
      copied += size;
    });
    watch(encoder, 'beginComputePass', (_descriptor, pass) => {
      let [moves, entries]: [Moves, Entries] = [new Map(), []];
      watch(pass, 'setPipeline', ([pipeline]) => {
        moves = pipelines.get(pipeline) ?? new Map();
      });
      watch(pass, 'setBindGroup', ([, group]) => {
        entries = (group && groups.get(group)) ?? [];
      });
      watch(pass, 'dispatchWorkgroups', () => {
        dispatches++;
        for (const { binding, resource } of entries)
          bytes += (moves.get(binding) ?? 0) * (resource.size ?? resource.buffer?.size ?? 0);
      });
    });
  });

  return {
    counts: () => ({ dispatches, bytes, copied, peak }),
    reset: () => {
      [dispatches, bytes, copied] = [0, 0, 0];
    },
  };
}
