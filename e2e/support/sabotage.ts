/**
 * Faults as they happen to people, made to order: in the page's trainer worker, when it asks for a batch in
 * the middle of an epoch - on a fast machine as on a slow one -, once per sabotaged worker. A worker that
 * takes its place is whole. Nothing of the application is replaced; what is bent is the browser underneath
 * it: the wasm heap, the graphics device, the worker itself.
 */
import type { Page, Worker } from 'playwright/test';

export type Sabotage =
  | 'error'
  | 'hang'
  | 'memory'
  | 'ended' // the worker
  | 'not-finite'
  | 'zero-gradients' // what is computed on wasm
  | 'device'
  | 'map'
  | 'silent'; // the graphics device

export interface Batches {
  /** Examples. */
  readonly batch: number;
  /** Per task. */
  readonly classes: readonly number[];
  readonly epoch: number;
  /**
   * The fault comes with this request for training images of that epoch; the trainer asks three batches
   * ahead.
   */
  readonly request: number;
}

export const isTrainer = (worker: Worker): boolean => worker.url().includes('trainer');
/** The page's trainer. A page that can be seen may not have made it yet. */
export const trainerOf = async (page: Page): Promise<Worker> =>
  page.workers().find(isTrainer) ?? page.waitForEvent('worker', isTrainer);

interface Exposed {
  /** Resolves at the next strike. */
  readonly struck: Promise<void>;
}

/**
 * Tells the page of every strike, and lets it end its trainer as a script could, with the worker's own
 * `terminate()`, when one sabotaged as `ended` asks for it. Before the page is opened.
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
    strikes.addEventListener('message', ({ data }) => {
      if (data === 'ended') made.findLast(({ url }) => url.includes('trainer'))?.worker.terminate();
    });
    Object.assign(globalThis, {
      struck: new Promise((resolve) => {
        strikes.addEventListener('message', resolve);
      }),
    });
  });
}

/** Resolves when the page's sabotaged trainer has struck. */
export const struck = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await (globalThis as unknown as Exposed).struck;
  });

/** Prepares the fault in a trainer that has not begun a run yet. */
export async function sabotage(
  worker: Worker,
  what: Sabotage,
  { batch, classes, epoch, request }: Batches,
): Promise<void> {
  await worker.evaluate(
    ({ kind, logitBytes, gradientBytes, inEpoch, wanted }) => {
      let armed = false;
      const once = <T>(act: () => T): T | null => {
        if (!armed) return null;
        armed = false;
        return act();
      };
      let strike: () => void = () => {
        armed = true;
      };

      if (kind === 'memory') {
        // The real thing: all that is left of the module's 4 GB is taken, by its own allocator.
        const stock = WebAssembly.instantiate;
        const exported: WebAssembly.Exports[] = [];
        const keep = (
          made: WebAssembly.WebAssemblyInstantiatedSource,
        ): WebAssembly.WebAssemblyInstantiatedSource => {
          exported.push(made.instance.exports);
          return made;
        };
        Object.assign(WebAssembly, {
          instantiate: (source: BufferSource, imports: WebAssembly.Imports) =>
            stock(source, imports).then(keep),
          instantiateStreaming: async (source: Response | Promise<Response>, imports: WebAssembly.Imports) =>
            stock(await (await source).arrayBuffer(), imports).then(keep),
        });
        strike = () => {
          const allocators = exported.flatMap(({ malloc }) =>
            typeof malloc === 'function' ? [malloc as (bytes: number) => number] : [],
          );
          for (const allocate of allocators)
            for (let size = 2 ** 28; size >= 16; size /= 2) while (allocate(size) !== 0);
        };
      }
      if (kind === 'error')
        strike = () => {
          setTimeout(() => {
            throw new Error('provoked by the test');
          });
        };
      if (kind === 'hang')
        strike = () => {
          setTimeout(() => {
            for (;;);
          });
        };
      if (kind === 'ended') strike = () => undefined; // the page does it
      if (kind === 'not-finite') {
        // One bad read-back: every logit of a batch is NaN.
        const stock = Uint8Array.prototype.slice;
        Object.assign(Uint8Array.prototype, {
          slice(this: Uint8Array<ArrayBuffer>, ...range: [number?, number?]) {
            const copy = stock.apply(this, range);
            if (copy.length === logitBytes) once(() => copy.fill(0xff));
            return copy;
          },
        });
      }
      if (kind === 'zero-gradients') {
        // From then on, the gradients at the logits arrive as zeros.
        const stock = Uint8Array.prototype.set;
        Object.assign(Uint8Array.prototype, {
          set(this: Uint8Array, source: ArrayLike<number>, at?: number) {
            const zeros = armed && gradientBytes.includes(source.length) && source instanceof Uint8Array;
            stock.call(this, zeros ? new Uint8Array(source.length) : source, at);
          },
        });
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
          return (
            once(() => Promise.reject(new DOMException('provoked by the test', 'OperationError'))) ??
            stock.apply(this, range)
          );
        };
      }
      if (kind === 'silent') {
        // A device on which whatever should write a gradient does nothing, and no error is told: the
        // gradients stay zero.
        const stock = {
          module: GPUDevice.prototype.createShaderModule,
          pipeline: GPUDevice.prototype.createComputePipeline,
          group: GPUDevice.prototype.createBindGroup,
          use: GPUComputePassEncoder.prototype.setPipeline,
          bind: GPUComputePassEncoder.prototype.setBindGroup as (
            index: number,
            group: GPUBindGroup,
          ) => undefined,
          dispatch: GPUComputePassEncoder.prototype.dispatchWorkgroups,
          copy: GPUCommandEncoder.prototype.copyBufferToBuffer as (...copy: unknown[]) => undefined,
          submit: GPUQueue.prototype.submit,
        };
        const codes = new WeakMap<GPUShaderModule, string>();
        const written = new WeakMap<GPUComputePipeline, ReadonlySet<number>>();
        const bound = new WeakMap<GPUBindGroup, ReadonlyMap<number, GPUBuffer>>();
        const current = new WeakMap<
          GPUComputePassEncoder,
          { pipeline?: GPUComputePipeline; group?: GPUBindGroup }
        >();
        let device: GPUDevice | null = null;
        // The optimiser is known by what it is given: four buffers of one size, weights, gradients and two
        // moments, in this order.
        let flat: readonly GPUBuffer[] = [];
        GPUDevice.prototype.createShaderModule = function createShaderModule(this: GPUDevice, descriptor) {
          const module = stock.module.call(this, descriptor);
          codes.set(module, descriptor.code);
          return module;
        };
        GPUDevice.prototype.createComputePipeline = function createComputePipeline(
          this: GPUDevice,
          descriptor,
        ) {
          const pipeline = stock.pipeline.call(this, descriptor);
          const declared = (codes.get(descriptor.compute.module) ?? '').matchAll(
            /@binding\((\d+)\)\s*var<storage,\s*read_write>/g,
          );
          written.set(pipeline, new Set([...declared].map(([, binding]) => Number(binding))));
          return pipeline;
        };
        GPUDevice.prototype.createBindGroup = function createBindGroup(this: GPUDevice, descriptor) {
          const group = stock.group.call(this, descriptor);
          const buffers = new Map(
            [...descriptor.entries].flatMap(({ binding, resource }) =>
              'buffer' in resource && resource.buffer instanceof GPUBuffer
                ? [[binding, resource.buffer] as const]
                : [],
            ),
          );
          bound.set(group, buffers);
          const alike = [...buffers.values()].filter(({ size }) => size === buffers.get(0)?.size);
          if (!armed && new Set(alike).size === 4) [device, flat] = [this, alike];
          return group;
        };
        GPUComputePassEncoder.prototype.setPipeline = function setPipeline(
          this: GPUComputePassEncoder,
          pipeline,
        ) {
          current.set(this, { ...current.get(this), pipeline });
          return stock.use.call(this, pipeline);
        };
        GPUComputePassEncoder.prototype.setBindGroup = function setBindGroup(
          this: GPUComputePassEncoder,
          index: number,
          group: GPUBindGroup,
        ) {
          current.set(this, { ...current.get(this), group });
          stock.bind.call(this, index, group);
        };
        GPUComputePassEncoder.prototype.dispatchWorkgroups = function dispatchWorkgroups(
          this: GPUComputePassEncoder,
          ...groups
        ) {
          const { pipeline, group } = current.get(this) ?? {};
          const writes = [...((group && bound.get(group)) ?? [])].some(
            ([binding, buffer]) => buffer === flat[1] && written.get(pipeline!)?.has(binding),
          );
          if (!armed || !writes) stock.dispatch.apply(this, groups);
        };
        GPUCommandEncoder.prototype.copyBufferToBuffer = function copyBufferToBuffer(
          this: GPUCommandEncoder,
          ...copy: unknown[]
        ) {
          if (!armed || !copy.includes(flat[1], 1)) stock.copy.apply(this, copy);
        };
        // What was computed before the strike is still under way then.
        GPUQueue.prototype.submit = function submit(this: GPUQueue, commands) {
          stock.submit.call(this, commands);
          if (!armed) return;
          const encoder = device!.createCommandEncoder();
          encoder.clearBuffer(flat[1]!);
          stock.submit.call(this, [encoder.finish()]);
        };
      }

      // Counted where the trainer asks its samplers.
      const post = Worker.prototype.postMessage as (
        this: Worker,
        message: unknown,
        transfer?: Transferable[],
      ) => void;
      interface Asked {
        readonly method?: string;
        readonly payload?: { readonly epoch?: number | null };
      }
      const strikes = new BroadcastChannel('sabotage');
      const tell = strikes.postMessage.bind(strikes);
      let requests = 0;
      Worker.prototype.postMessage = function postMessage(this: Worker, message: Asked, transfer?: unknown) {
        post.call(this, message, (transfer ?? []) as Transferable[]);
        if (message.method === 'sample' && message.payload?.epoch === inEpoch && ++requests === wanted) {
          tell(kind);
          strike();
        }
      };
    },
    {
      kind: what,
      inEpoch: epoch,
      wanted: request,
      logitBytes: 4 * batch * classes.reduce((a, b) => a + b),
      gradientBytes: classes.map((n) => 4 * batch * n),
    },
  );
}
