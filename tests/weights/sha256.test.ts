/** Our SHA-256 against Node's, in pieces of any length. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Sha256 } from '../../src/core/sha256';

const ours = (...pieces: readonly Uint8Array[]): string =>
  pieces.reduce((sha, piece) => sha.update(piece), new Sha256()).digest();

it('knows the examples of FIPS 180-4', () => {
  expect(ours(new TextEncoder().encode('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  expect(ours()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

it('is Node’s for any bytes in any pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), (pieces) => {
      const hash = createHash('sha256');
      for (const piece of pieces) hash.update(piece);
      expect(ours(...pieces)).toBe(hash.digest('hex'));
    }),
  );
  const million = new Uint8Array(1_000_000).fill(0x61);
  expect(ours(million)).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
});
