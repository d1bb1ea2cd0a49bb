/** Each operation beside PyTorch: cpu and wasm. WebGPU: operations.browser.test.ts. */
import { describe, it } from 'vitest';
import { compareOperation, OPERATION_CASES } from '../support/pytorch-operations';
import { BACKENDS, on } from './support';

describe.each(BACKENDS)('PyTorch’s numbers on %s', (backend) => {
  it.each(OPERATION_CASES)('value and gradients: %s', async (name) => {
    await on(backend, () => compareOperation(name, backend));
  });
});
