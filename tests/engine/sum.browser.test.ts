/** Sums of many arrays on WebGPU, computed by SwiftShader: as sum.test.ts on cpu and wasm. */
import { beforeAll, describe, it } from 'vitest';
import { chooseBackend } from '../../src/engine/platform/backend';
import { COUNTS, expectSum } from './sum';

describe('on webgpu', () => {
  beforeAll(async () => {
    await chooseBackend('webgpu');
  });

  it.each(COUNTS)('the sum of %i arrays is exact and leaves nothing over', expectSum);
});
