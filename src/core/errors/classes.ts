/**
 * The errors of the workbench. A class says what kind of thing went wrong, `code` which one; it is stable and
 * survives structured clone. Message and hint stand in the catalogue (catalogue/index.ts), by code; `details`
 * fill them. Not here: how an error is shown (src/ui/text/errors.ts), Russian (src/app/i18n/ru/errors), how
 * errors travel (wire.ts).
 */
import type { CodeOf, ErrorArgs, ErrorDetails, Family } from './catalogue';
import type { Problem } from './problem';
import { entryOf, hintText, messageText, withReason } from './sentences';

/** @typeParam F the families of the catalogue whose codes it may have */
export class EquipoiseError<F extends Family = Family> extends Error {
  /** Spelled out in every class: a minified one has another name, and this one travels. */
  override name = 'EquipoiseError';
  readonly code: string;
  /** English, for logs and for whoever uses the page by program. */
  readonly hint: string;
  readonly details: ErrorDetails;
  constructor(...[code, given, cause]: ErrorArgs<CodeOf<F>>) {
    const details = withReason(given ?? {});
    super(messageText(entryOf(code), details) ?? code, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hintText(entryOf(code), details) ?? '';
    this.details = details;
  }
}

/** An audio file that cannot be decoded, or only with loss. */
export class AudioError extends EquipoiseError<'audio'> {
  override name = 'AudioError';
}
/** A folder that is no corpus, or one without anything usable. */
export class CorpusError extends EquipoiseError<'corpus'> {
  override name = 'CorpusError';
  skipped?: readonly Problem[];
}
/** A run configuration, link or imported file with a value outside its range. */
export class ConfigError extends EquipoiseError<'config'> {
  override name = 'ConfigError';
}
/** A graph of operations that is no model: an architecture is written wrongly, or does not fit its input. */
export class ModelError extends EquipoiseError<'model'> {
  override name = 'ModelError';
}
/** A backend that is missing, or that failed while it computed. */
export class BackendError extends EquipoiseError<'backend'> {
  override name = 'BackendError';
}
/** Losses or weights that stopped being finite numbers. */
export class DivergenceError extends EquipoiseError<'divergence'> {
  override name = 'DivergenceError';
}
/** The browser's storage refused: quota, corruption, a missing record. */
export class StorageError extends EquipoiseError<'storage'> {
  override name = 'StorageError';
}
/** A file of weights that is malformed, hostile, or another model's. */
export class WeightsError extends EquipoiseError<'weights'> {
  override name = 'WeightsError';
}
/** A folder whose permission was withdrawn or whose handle went stale. */
export class PermissionLostError extends EquipoiseError<'permission'> {
  override name = 'PermissionLostError';
}
/** A worker that crashed, was ended or stopped answering. */
export class WorkerError extends EquipoiseError<'worker'> {
  override name = 'WorkerError';
}
/** Work the user called off. Not a fault; filtered from error displays. */
export class CancelledError extends EquipoiseError {
  override name = 'CancelledError';
  /** @param what was called off, for logs */
  constructor(what = 'work') {
    super('cancelled', { what });
  }
}
