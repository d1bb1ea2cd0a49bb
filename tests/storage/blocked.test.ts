/**
 * What Chromium says where cookies and site data are blocked (taken down from Chromium 156), and what the
 * page makes of it.
 */
import { describe, expect, it } from 'vitest';
import { toWire } from '../../src/core/errors/errors';

describe('storage that the browser blocks', () => {
  it.each([
    ['UnknownError', 'The user denied permission to access the database.'],
    ['SecurityError', 'Access to Locks API is denied in this context.'],
    [
      'SecurityError',
      "Failed to execute 'getDirectory' on 'StorageManager': Security directory handle checks failed.",
    ],
  ])('%s: %s', (name, message) => {
    expect(toWire(new DOMException(message, name))).toMatchObject({
      name: 'StorageError',
      code: 'storage-blocked',
    });
  });

  it('is not what a picker means that was opened without a gesture, and not a broken database', () => {
    expect(
      toWire(
        new DOMException(
          "Failed to execute 'showDirectoryPicker' on 'Window': Must be handling a user gesture to show a file picker.",
          'SecurityError',
        ),
      ).code,
    ).toBe('unexpected');
    expect(
      toWire(new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError'))
        .code,
    ).toBe('unexpected');
  });
});
