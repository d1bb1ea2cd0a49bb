/**
 * Faults as they happen to people, made to order: in the page's trainer worker, in the middle of the second epoch, once per
 * sabotaged worker. A worker that takes its place is whole. Nothing of the application is replaced; what is bent is the browser
 * underneath it: the wasm heap, the graphics device, the worker itself.
 */
import type { Page, Worker } from 'playwright/test';

export type Sabotage = 'error' | 'hang' | 'memory' | 'not-finite' | 'zero-gradients' | 'device' | 'map';

export const isTrainer = (worker: Worker): boolean => worker.url().includes('trainer');
export const trainerOf = (page: Page): Worker => page.workers().find(isTrainer)!;

/** Lets the page end its trainer as a script could: `endTrainer()` there calls the worker's own `terminate()`. Before the page is opened. */
export async function exposeTrainer(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const made: { readonly url: string; readonly worker: { terminate: () => void } }[] = [];
    globalThis.Worker = class extends globalThis.Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        made.push({ url: String(url), worker: this });
      }
    };
    Object.assign(globalThis, { endTrainer: () => made.findLast(({ url }) => url.includes('trainer'))?.worker.terminate() });
  });
}

/** Prepares the fault in a trainer that has not begun a run yet. `logits` is the number of values of one read-back. */
export async function sabotage(worker: Worker, what: Sabotage, { batch, classes }: { batch: number; classes: readonly number[] }): Promise<void> {
  await worker.evaluate(({ kind, logitBytes, gradientBytes }) => {
    let armed = false;
    const once = <T>(act: () => T): T | null => {
      if (!armed) return null;
      armed = false;
      return act();
    };

    if (kind === 'memory') {
      // The real thing: all that is left of the module's 4 GB is taken, by its own allocator.
      const stock = WebAssembly.instantiate;
      const exported: WebAssembly.Exports[] = [];
      const keep = (made: WebAssembly.WebAssemblyInstantiatedSource): WebAssembly.WebAssemblyInstantiatedSource => { exported.push(made.instance.exports); return made; };
      Object.assign(WebAssembly, {
        instantiate: (source: BufferSource, imports: WebAssembly.Imports) => stock(source, imports).then(keep),
        instantiateStreaming: async (source: Response | Promise<Response>, imports: WebAssembly.Imports) => stock(await (await source).arrayBuffer(), imports).then(keep),
      });
      Object.assign(self, { strike: () => {
        const allocators = exported.flatMap(({ malloc }) => (typeof malloc === 'function' ? [malloc as (bytes: number) => number] : []));
        for (const allocate of allocators) for (let size = 2 ** 28; size >= 16; size /= 2) while (allocate(size) !== 0);
      } });
    }
    if (kind === 'error') Object.assign(self, { strike: () => setTimeout(() => { throw new Error('provoked by the test'); }) });
    if (kind === 'hang') Object.assign(self, { strike: () => setTimeout(() => { for (;;); }) });
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

    // Strikes when the trainer has told of a step in the middle of the second epoch.
    const post = self.postMessage.bind(self) as (message: unknown, transfer?: unknown) => void;
    interface Told { payload?: { kind?: string; stepsPerEpoch?: number; rows?: readonly { readonly step: number }[] } }
    let struck = false;
    const tell = (message: Told, transfer?: unknown): void => {
      post(message, transfer);
      const { kind: told, rows = [], stepsPerEpoch = 0 } = message.payload ?? {};
      const step = rows.at(-1)?.step ?? 0;
      if (told !== 'steps' || struck || step <= stepsPerEpoch || step >= 2 * stepsPerEpoch) return;
      struck = true;
      armed = true;
      (self as { strike?: () => void }).strike?.();
    };
    Object.assign(self, { postMessage: tell });
  }, { kind: what, logitBytes: 4 * batch * classes.reduce((a, b) => a + b), gradientBytes: classes.map((n) => 4 * batch * n) });
}
