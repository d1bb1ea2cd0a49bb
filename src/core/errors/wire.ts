/** Errors as they travel between realms and into logs, and what a browser throws as one of ours. */
import type { ErrorCode, ErrorDetails } from './catalogue';
import * as classes from './classes';
import { CancelledError, CorpusError, EquipoiseError } from './classes';
import type { Problem } from './problem';
import { entryOf, hintText, messageText, withoutReason, withReason } from './sentences';

/** An error as it travels between realms. */
export interface WireError {
  readonly name: string;
  readonly code: string;
  /** English, as it was said then: shown where the code is not known any more. */
  readonly message: string;
  readonly hint: string;
  readonly details: ErrorDetails;
  readonly cause?: string;
  /** Of a corpus without anything usable: everything that was skipped. */
  readonly skipped?: readonly Problem[];
}

/** Flattens any thrown value into the form that travels; unknown values get the code `unexpected`. */
export function toWire(error: unknown): WireError {
  if (error instanceof EquipoiseError) {
    const { name, code, message, hint, details, cause } = error;
    const skipped = error instanceof CorpusError ? error.skipped : undefined;
    return {
      name,
      code,
      message,
      hint,
      details,
      ...(cause === undefined ? {} : { cause: String(cause) }),
      ...(skipped ? { skipped } : {}),
    };
  }
  const name = error instanceof Error ? error.name : 'Error';
  const message = error instanceof Error ? error.message : String(error);
  if (name === 'QuotaExceededError') return wired('StorageError', 'quota', {}, message);
  // Also what a picker says without a gesture; that one names the gesture.
  // Chromium's IndexedDB says it as an UnknownError.
  if (
    (name === 'SecurityError' && !/gesture/i.test(message)) ||
    (name === 'UnknownError' && /denied permission/i.test(message))
  )
    return wired('StorageError', 'storage-blocked', {}, message);
  if (name === 'NotAllowedError') return wired('PermissionLostError', 'permission', {}, message);
  const stack = error instanceof Error ? error.stack : undefined;
  // What nobody foresaw keeps its own words.
  return { ...wired(name, 'unexpected', {}, stack), message };
}

/** An error that nobody throws, in the form that travels. */
export function wired(name: string, code: ErrorCode, given: ErrorDetails, cause?: string): WireError {
  const details = withReason(given);
  return {
    name,
    code,
    message: messageText(entryOf(code), details) ?? code,
    hint: hintText(entryOf(code), details) ?? '',
    details,
    ...(cause === undefined ? {} : { cause }),
  };
}

/**
 * An error as details of a log entry: its code and values, which make the sentence in the reader's language. A
 * message goes with them only where the catalogue would not make it: words of a browser or a driver.
 */
export const asDetails = ({
  details,
  code,
  message,
}: Pick<WireError, 'details' | 'code' | 'message'>): ErrorDetails => ({
  ...(messageText(entryOf(code), withReason(details)) === message ? {} : { message }),
  ...withoutReason(details),
  code,
});

/** Details of a log entry with the English sentence of an error among them, for files. */
export function withMessage(details: ErrorDetails): ErrorDetails {
  const { code, message } = details;
  const text = typeof code === 'string' ? messageText(entryOf(code), withReason(details)) : null;
  return message !== undefined || text === null ? details : { message: text, ...details };
}

type AnyError = new (code: string, details: ErrorDetails, cause?: unknown) => EquipoiseError;

const CLASSES = new Map<string, unknown>(Object.entries(classes));

/**
 * The inverse of {@link toWire}: the same class again, so that `instanceof` works on the other side, with the
 * words it came with.
 */
export function fromWire(wire: WireError): EquipoiseError {
  if (wire.code === 'cancelled') return new CancelledError(String(wire.details['what'] ?? 'work'));
  const Class = (CLASSES.get(wire.name) ?? EquipoiseError) as AnyError;
  const error = new Class(wire.code, wire.details, wire.cause);
  Object.assign(error, { name: wire.name, message: wire.message, hint: wire.hint });
  if (error instanceof CorpusError && wire.skipped) error.skipped = wire.skipped;
  return error;
}
