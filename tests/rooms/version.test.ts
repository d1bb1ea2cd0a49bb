/** The version that checkpoints and exports name is the package's. */
import { expect, it } from 'vitest';
import packageJson from '../../package.json';
import { SOFTWARE_VERSION } from '../../src/core/version';

it('is the same in both places', () => {
  expect(SOFTWARE_VERSION).toBe(packageJson.version);
});
