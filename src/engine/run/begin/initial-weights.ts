/** A run that begins with weights from a file. */
import type { RunConfig } from '../../../core/config/run-config';
import type { Dataset } from '../../../core/training/dataset';
import { weightsMissing } from '../../../core/weights/state-dict';
import type { Network } from '../../network/network';
import { loadStateDict } from '../state-dict';
import type { Note } from '../trainer-host';
import type { RunStorage } from './run-storage';

/**
 * Loads the weights that the configuration names, where it names some.
 * @returns notes for the log: which they are, and the tasks whose classes the file names otherwise
 * @throws WeightsError `weights-missing`, `weights-mismatch`; StorageError `weights-damaged`
 */
export async function loadInitialWeights(
  network: Network,
  storage: Pick<RunStorage, 'weights'>,
  { initialWeights: wanted }: Pick<RunConfig, 'initialWeights'>,
  classes: Dataset['classes'],
): Promise<Note[]> {
  if (!wanted) return [];
  const stored = await storage.weights(wanted.id);
  if (!stored) throw weightsMissing(wanted);
  await loadStateDict(network, stored.shapes, stored.arrays());
  return [
    {
      level: 'info',
      code: 'initial-weights',
      details: { name: stored.name, id: stored.id.slice(0, 8), arrays: stored.shapes.length },
    },
    ...otherClasses(network, new Map(stored.classes), classes),
  ];
}

/** The shapes agree, the meaning of the outputs does not: another corpus, another order. */
const otherClasses = (
  network: Network,
  named: ReadonlyMap<string, readonly string[]>,
  classes: Dataset['classes'],
): Note[] =>
  network.spec.heads.flatMap(({ task }, i): Note[] => {
    const theirs = named.get(task);
    return !theirs || theirs.join() === classes[i]!.join()
      ? []
      : [
          {
            level: 'warning',
            code: 'initial-classes',
            details: { task, theirs: theirs.join(', '), ours: classes[i]!.join(', ') },
          },
        ];
  });
