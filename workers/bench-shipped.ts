/**
 * TensorFlow.js as shipped, for the benchmark: in a worker of its own, where no kernel of ours takes the
 * place of the library's.
 */
import { BackendError } from '../src/core/errors/errors';
import type { BenchShippedContract } from '../src/core/protocol/contracts/bench';
import { serve, type Endpoint } from '../src/core/protocol/rpc';
import { prepareShipped, startShipped } from '../src/engine/bench/shipped';
import { timeOf, type Ready } from '../src/engine/bench/side';
import { WASM_FILES } from '../src/engine/platform/wasm-files';
import '../src/engine/bench/shipped-gradients';

let ready: Ready | null = null;

const release = (): void => {
  ready?.dispose();
  ready = null;
};

serve<BenchShippedContract>(self as unknown as Endpoint, {
  open: async ({ backend }) => {
    await startShipped(backend, WASM_FILES);
    return null;
  },
  prepare: async ({ benchCase }) => {
    release();
    ready = prepareShipped(benchCase);
    return null;
  },
  time: async ({ count }) => {
    if (!ready) throw new BackendError('program-fault', { why: 'no-case' });
    return timeOf(ready, count);
  },
  release: async () => {
    release();
    return null;
  },
});
