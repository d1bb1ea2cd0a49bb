/**
 * Every failure the workbench can name. A class says what went wrong, `code` is stable and survives
 * structured clone, `hint` tells the user what to do next, `details` fills the translated sentence.
 * Not here: how an error is shown (src/ui) or translated (src/app/i18n: `errors.<code>`).
 */
import type { Problem } from './problem';

export type ErrorDetails = Readonly<Record<string, string | number>>;

/** An error as it travels between realms. */
export interface WireError {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly details: ErrorDetails;
  readonly cause?: string;
  /** Of a corpus without anything usable: everything that was skipped. */
  readonly skipped?: readonly Problem[];
}

export class EquipoiseError extends Error {
  /** Spelled out in every class: a minified one has another name, and this one travels. */
  override name = 'EquipoiseError';
  readonly code: string;
  readonly hint: string;
  readonly details: ErrorDetails;
  constructor(code: string, message: string, hint: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
    this.details = details;
  }
}

/** An audio file that cannot be decoded, or only with loss. */
export class AudioError extends EquipoiseError {
  override name = 'AudioError';
}
/** A folder that is no corpus, or one without anything usable. */
export class CorpusError extends EquipoiseError {
  override name = 'CorpusError';
  skipped?: readonly Problem[];
}
/** A run configuration, link or imported file with a value outside its range. */
export class ConfigError extends EquipoiseError {
  override name = 'ConfigError';
}
/** A graph of operations that is no model: an architecture is written wrongly, or does not fit its input. */
export class ModelError extends EquipoiseError {
  override name = 'ModelError';
}
/** A backend that is missing, or that failed while it computed. */
export class BackendError extends EquipoiseError {
  override name = 'BackendError';
}
/** Losses or weights that stopped being finite numbers. */
export class DivergenceError extends EquipoiseError {
  override name = 'DivergenceError';
}
/** The browser's storage refused: quota, corruption, a missing record. */
export class StorageError extends EquipoiseError {
  override name = 'StorageError';
}
/** A file of weights that is malformed, hostile, or another model's. */
export class WeightsError extends EquipoiseError {
  override name = 'WeightsError';
}
/** A folder whose permission was withdrawn or whose handle went stale. */
export class PermissionLostError extends EquipoiseError {
  override name = 'PermissionLostError';
}
/** A worker that crashed, was ended or stopped answering. */
export class WorkerError extends EquipoiseError {
  override name = 'WorkerError';
}
/** Work the user called off. Not a fault; filtered from error displays. */
export class CancelledError extends EquipoiseError {
  override name = 'CancelledError';
  constructor(what = 'work') {
    super('cancelled', `The ${what} was cancelled.`, 'Start it again when you like.', { what });
  }
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
  if (name === 'QuotaExceededError')
    return {
      name: 'StorageError',
      code: 'quota',
      message: 'The browser has no room left for this page.',
      hint: 'Delete runs or cached features you no longer need, then try again.',
      details: {},
      cause: message,
    };
  // Also what a picker says without a gesture; that one names the gesture.
  // Chromium's IndexedDB says it as an UnknownError.
  if (
    (name === 'SecurityError' && !/gesture/i.test(message)) ||
    (name === 'UnknownError' && /denied permission/i.test(message))
  )
    return {
      name: 'StorageError',
      code: 'storage-blocked',
      message:
        'This browser stores nothing for this page, because cookies and site data are blocked for it: everything works, but in memory, and is gone when the page is reloaded or closed.',
      hint: 'Export the runs that you need. To keep runs here, allow site data for this address in the browser’s settings and reload the page.',
      details: {},
      cause: message,
    };
  if (name === 'NotAllowedError')
    return {
      name: 'PermissionLostError',
      code: 'permission',
      message: 'The browser no longer lets this page read the folder.',
      hint: 'Press “Reconnect folder” and allow access.',
      details: {},
      cause: message,
    };
  return {
    name,
    code: 'unexpected',
    message,
    hint: 'Reload the page; runs are kept and can be continued.',
    details: {},
    ...(error instanceof Error && error.stack ? { cause: error.stack } : {}),
  };
}

/**
 * An error as details of a log entry: the reader's language is found by `code`, the English message stands in
 * for it.
 */
export const asDetails = ({
  details,
  code,
  message,
}: Pick<WireError, 'details' | 'code' | 'message'>): ErrorDetails => ({ message, ...details, code });

const CLASSES: Record<string, typeof EquipoiseError> = {
  AudioError,
  CorpusError,
  ConfigError,
  ModelError,
  BackendError,
  DivergenceError,
  StorageError,
  WeightsError,
  PermissionLostError,
  WorkerError,
};

/** The inverse of {@link toWire}: the same class again, so that `instanceof` works on the other side. */
export function fromWire(wire: WireError): EquipoiseError {
  if (wire.code === 'cancelled') return new CancelledError(String(wire.details['what'] ?? 'work'));
  const Class = CLASSES[wire.name] ?? EquipoiseError;
  const error = new Class(wire.code, wire.message, wire.hint, wire.details, wire.cause);
  error.name = wire.name;
  if (error instanceof CorpusError && wire.skipped) error.skipped = wire.skipped;
  return error;
}
