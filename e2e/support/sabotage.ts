/**
 * Faults as they happen to people, made to order: in the page's trainer worker, when it asks for a batch in the middle of the second
 * epoch - on a fast machine as on a slow one -, once per sabotaged worker. A worker that takes its place is whole. Nothing of the
 * application is replaced; what is bent is the browser underneath it: the wasm heap, the graphics device, the worker itself.
 */
import type { Page, Worker } from 'playwright/test';

export type Sabotage =
  | 'error' | 'hang' | 'memory' | 'ended' // the worker
  | 'not-finite' | 'zero-gradients' // what is computed on wasm
  | 'device' | 'map' | 'silent' | 'garbled'; // the graphics device

export interface Batches {
  /** Examples. */
  readonly batch: number;
  /** Per task. */
  readonly classes: readonly number[];
  /** The fault comes with this request for training images of the second epoch; the trainer asks three batches ahead. */
  readonly request: number;
}

export const isTrainer = (worker: Worker): boolean => worker.url().includes('trainer');
export const trainerOf = (page: Page): Worker => page.workers().find(isTrainer)!;

interface Exposed {
  /** Resolves at the next strike. */
  readonly struck: Promise<void>;
}

/**
 * Tells the page of every strike, and lets it end its trainer as a script could, with the worker's own `terminate()`, when one
 * sabotaged as `ended` asks for it. Before the page is opened.
 */
export async function exposeTrainer(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const made: { readonly url: string; readonly worker: { terminate: () => void } }[] = [];
    globalThis.Worker = class extends globalThis.Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        made.push({ url: String(url), worker: this });
      }
    };
    const strikes = new BroadcastChannel('sabotage');
    strikes.addEventListener('message', ({ data }) => { if (data === 'ended') made.findLast(({ url }) => url.includes('trainer'))?.worker.terminate(); });
    Object.assign(globalThis, { struck: new Promise((resolve) => { strikes.addEventListener('message', resolve); }) });
  });
}

/** Resolves when the page's sabotaged trainer has struck. */
export const struck = (page: Page): Promise<void> => page.evaluate(async () => { await (globalThis as unknown as Exposed).struck; });

/** Prepares the fault in a trainer that has not begun a run yet. */
export async function sabotage(worker: Worker, what: Sabotage, { batch, classes, request }: Batches): Promise<void> {
  await worker.evaluate(({ kind, logitBytes, gradientBytes, reportBytes, wanted }) => {
    let armed = false;
    const once = <T>(act: () => T): T | null => {
      if (!armed) return null;
      armed = false;
      return act();
    };
    let strike: () => void = () => { armed = true; };

    if (kind === 'memory') {
      // The real thing: all that is left of the module's 4 GB is taken, by its own allocator.
      const stock = WebAssembly.instantiate;
      const exported: WebAssembly.Exports[] = [];
      const keep = (made: WebAssembly.WebAssemblyInstantiatedSource): WebAssembly.WebAssemblyInstantiatedSource => { exported.push(made.instance.exports); return made; };
      Object.assign(WebAssembly, {
        instantiate: (source: BufferSource, imports: WebAssembly.Imports) => stock(source, imports).then(keep),
        instantiateStreaming: async (source: Response | Promise<Response>, imports: WebAssembly.Imports) => stock(await (await source).arrayBuffer(), imports).then(keep),
      });
      strike = () => {
        const allocators = exported.flatMap(({ malloc }) => (typeof malloc === 'function' ? [malloc as (bytes: number) => number] : []));
        for (const allocate of allocators) for (let size = 2 ** 28; size >= 16; size /= 2) while (allocate(size) !== 0);
      };
    }
    if (kind === 'error') strike = () => { setTimeout(() => { throw new Error('provoked by the test'); }); };
    if (kind === 'hang') strike = () => { setTimeout(() => { for (;;); }); };
    if (kind === 'ended') strike = () => undefined; // the page does it
    if (kind === 'not-finite') {
      // One bad read-back: every logit of a batch is NaN.
      const stock = Uint8Array.prototype.slice;
      Object.assign(Uint8Array.prototype, { slice(this: Uint8Array<ArrayBuffer>, ...range: [number?, number?]) {
        const copy = stock.apply(this, range);
        if (copy.length === logitBytes) once(() => copy.fill(0xff));
        return copy;
      } });
    }
    if (kind === 'zero-gradients') {
      // From then on, the gradients at the logits arrive as zeros.
      const stock = Uint8Array.prototype.set;
      Object.assign(Uint8Array.prototype, { set(this: Uint8Array, source: ArrayLike<number>, at?: number) {
        const zeros = armed && gradientBytes.includes(source.length) && source instanceof Uint8Array;
        stock.call(this, zeros ? new Uint8Array(source.length) : source, at);
      } });
    }
    if (kind === 'device') {
      const stock = GPUDevice.prototype.createBuffer;
      GPUDevice.prototype.createBuffer = function createBuffer(this: GPUDevice, descriptor) {
        once(() => this.destroy());
        return stock.call(this, descriptor);
      };
    }
    if (kind === 'map') {
      const stock = GPUBuffer.prototype.mapAsync;
      GPUBuffer.prototype.mapAsync = function mapAsync(this: GPUBuffer, ...range) {
        return once(() => Promise.reject(new DOMException('provoked by the test', 'OperationError'))) ?? stock.apply(this, range);
      };
    }
    if (kind === 'silent') {
      // A device on which whatever should write a gradient does nothing, and no error is told: the gradients stay zero.
      const bound = new WeakMap<GPUBindGroup, readonly unknown[]>();
      let device: GPUDevice | null = null;
      // The optimiser is known by what it is given: four buffers of one size, weights, gradients and two moments, in this order.
      let flat: readonly GPUBuffer[] = [];
      const stock = {
        group: GPUDevice.prototype.createBindGroup, bind: GPUComputePassEncoder.prototype.setBindGroup,
        dispatch: GPUComputePassEncoder.prototype.dispatchWorkgroups, copy: GPUCommandEncoder.prototype.copyBufferToBuffer,
      };
      GPUDevice.prototype.createBindGroup = function createBindGroup(this: GPUDevice, descriptor) {
        const group = stock.group.call(this, descriptor);
        const buffers = [...descriptor.entries].flatMap(({ resource }) => ('buffer' in resource && resource.buffer instanceof GPUBuffer ? [resource.buffer] : []));
        bound.set(group, buffers);
        const alike = buffers.filter(({ size }) => size === buffers[0]!.size);
        if (!armed && new Set(alike).size === 4) [device, flat] = [this, alike];
        return group;
      };
      const current = new WeakMap<GPUComputePassEncoder, readonly unknown[]>();
      GPUComputePassEncoder.prototype.setBindGroup = function setBindGroup(this: GPUComputePassEncoder, index: number, group: GPUBindGroup) {
        current.set(this, bound.get(group) ?? []);
        stock.bind.call(this, index, group);
      } as typeof stock.bind;
      GPUComputePassEncoder.prototype.dispatchWorkgroups = function dispatchWorkgroups(this: GPUComputePassEncoder, ...groups) {
        const buffers = current.get(this) ?? [];
        const [, gradients, ...moments] = flat;
        if (armed && buffers.includes(gradients) && !moments.some((moment) => buffers.includes(moment))) return;
        stock.dispatch.apply(this, groups);
      };
      GPUCommandEncoder.prototype.copyBufferToBuffer = function copyBufferToBuffer(this: GPUCommandEncoder, ...copy: unknown[]) {
        if (!armed || !copy.includes(flat[1], 1)) (stock.copy as (...copy: unknown[]) => void).apply(this, copy);
      } as typeof stock.copy;
      strike = () => {
        armed = true;
        const encoder = device!.createCommandEncoder();
        encoder.clearBuffer(flat[1]!);
        device!.queue.submit([encoder.finish()]);
      };
    }
    if (kind === 'garbled') {
      // One bad read-back: losses and predictions of a batch are NaN.
      const stock = GPUBuffer.prototype.getMappedRange;
      GPUBuffer.prototype.getMappedRange = function getMappedRange(this: GPUBuffer, ...range) {
        const bytes = stock.apply(this, range);
        if (bytes.byteLength === reportBytes && this.usage & GPUBufferUsage.MAP_READ) once(() => new Uint8Array(bytes).fill(0xff));
        return bytes;
      };
    }

    // Counted where the trainer asks its samplers.
    const post = Worker.prototype.postMessage as (this: Worker, message: unknown, transfer?: Transferable[]) => void;
    interface Asked { readonly method?: string; readonly payload?: { readonly epoch?: number | null } }
    const strikes = new BroadcastChannel('sabotage');
    let requests = 0;
    Worker.prototype.postMessage = function postMessage(this: Worker, message: Asked, transfer?: unknown) {
      post.call(this, message, (transfer ?? []) as Transferable[]);
      if (message.method === 'sample' && message.payload?.epoch === 2 && ++requests === wanted) {
        strikes.postMessage(kind);
        strike();
      }
    };
  }, {
    kind: what, wanted: request, logitBytes: 4 * batch * classes.reduce((a, b) => a + b), gradientBytes: classes.map((n) => 4 * batch * n),
    reportBytes: 4 * classes.length * (1 + batch),
  });
}
