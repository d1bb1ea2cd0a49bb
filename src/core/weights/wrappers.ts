/**
 * What PyTorch puts around a model's names: `module.` of DataParallel, `_orig_mod.` of torch.compile, and
 * those of FSDP and activation checkpointing, in any order and number. Not here: whether the names that are
 * left are a model's (match.ts).
 */
import { WeightsError } from '../errors/errors';
import { readable } from './header-parser';

/**
 * Segments that no layer is called: they may also stand within a name, where only a part of the model was
 * wrapped.
 */
const ANYWHERE = ['_orig_mod', '_fsdp_wrapped_module', '_checkpoint_wrapped_module'];
/** A layer may well be called `module`; that goes only where it stands in front of every name. */
const IN_FRONT = ['module', ...ANYWHERE].map((segment) => `${segment}.`);

export interface Unwrapped<T> {
  readonly entries: readonly T[];
  /**
   * What was taken off the names: `module._orig_mod.`; behind it, after a comma, what only some names had
   * within. Empty: nothing.
   */
  readonly prefix: string;
}

/** @throws WeightsError `weights-duplicate` where two names become one */
export function unwrapNames<T extends { readonly name: string }>(entries: readonly T[]): Unwrapped<T> {
  let names = entries.map(({ name }) => name);
  let front = '';
  for (;;) {
    const common =
      names.length > 0 ? IN_FRONT.find((one) => names.every((name) => name.startsWith(one))) : undefined;
    if (common === undefined) break;
    names = names.map((name) => name.slice(common.length));
    front += common;
  }
  const within = new Set<string>();
  names = names.map((name) =>
    name
      .split('.')
      .filter((segment, i, all) => {
        const wrapper = i < all.length - 1 && ANYWHERE.includes(segment);
        if (wrapper) within.add(`${segment}.`);
        return !wrapper;
      })
      .join('.'),
  );
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new WeightsError('weights-duplicate', { name: readable(name) });
    seen.add(name);
  }
  return {
    entries: entries.map((entry, i) => ({ ...entry, name: names[i]! })),
    prefix: [...(front === '' ? [] : [front]), ...within].join(', '),
  };
}
