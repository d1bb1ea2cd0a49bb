/** Why a run has nothing to train on or to validate on: features, label scheme, split or the tasks' labels. */
import type { RunConfig } from '../config/run-config';
import type { LabelledCorpus } from '../corpus/label-schemes';
import { CorpusError } from '../errors/errors';
import type { Split } from '../splits/make';
import { splitText } from '../splits/text';
import { taskIds } from '../tasks/types';
import type { Dataset } from './dataset';

/** Labels of the corpus that are named. */
const NAMED = 8;

/**
 * @param utterances of the corpus, before features are asked for
 * @param readable those with features  @param split of what the scheme takes
 * @returns null where there is something on both sides
 */
export function nothingToTrain(
  config: RunConfig,
  { utterances, readable }: { readonly utterances: number; readonly readable: number },
  { items, excluded }: Pick<LabelledCorpus, 'items' | 'excluded'>,
  split: Split,
  dataset: Dataset,
): CorpusError | null {
  const [train, validation] = [dataset.train.length, dataset.validation.length];
  if (train > 0 && validation > 0) return null;
  const sides = { train, validation };
  if (readable === 0) return new CorpusError('nothing-to-train', { ...sides, why: 'noFeatures', utterances });
  if (items.length === 0) {
    const labels = Object.entries(excluded)
      .toSorted(([, a], [, b]) => b - a)
      .map(([label, count]) => `${label === '' ? '–' : label} (${count})`);
    return new CorpusError('nothing-to-train', {
      ...sides,
      why: 'schemeTakesNone',
      scheme: config.labelScheme,
      utterances: readable,
      labels: labels.slice(0, NAMED).join(', ') + (labels.length > NAMED ? ', …' : ''),
    });
  }
  const empty = train === 0 ? split.train : split.validation;
  if (empty.length === 0)
    return new CorpusError('nothing-to-train', {
      ...sides,
      why: 'splitTakesNone',
      split: splitText(config.split),
      utterances: items.length,
    });
  return new CorpusError('nothing-to-train', {
    ...sides,
    why: 'labelsTakeNone',
    utterances: empty.length,
    tasks: taskIds(config).join(', '),
  });
}
