/** Each operation beside PyTorch on WebGPU, computed by SwiftShader. */
import { beforeAll, describe, it } from 'vitest';
import { chooseBackend } from '../../src/engine/platform/backend';
import { compareOperation, OPERATION_CASES } from '../support/pytorch-operations';

describe('PyTorch’s numbers on webgpu', () => {
  beforeAll(async () => {
    await chooseBackend('webgpu');
  });

  it.each(OPERATION_CASES)('value and gradients: %s', async (name) => {
    await compareOperation(name, 'webgpu');
  });
});
