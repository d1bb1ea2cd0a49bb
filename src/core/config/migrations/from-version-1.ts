/**
 * Version 1 (program versions up to 0.1.0) named its tasks and its monitor, had `adam` in place of an
 * optimiser, and its augmentation, schedule and missing clipping were the program's own. Fields that version 1
 * got over time are absent in its earlier configurations: the program then did what is filled in here.
 */
import { presetTask } from '../../tasks/presets';
import { isPlain, type Migration, type Plain } from '../../migration';

/** What a configuration did before the field was known. */
const EARLIER: Plain = {
  renormalise: false,
  instruments: { every: 0, gradients: 'representation' },
  microBatch: null,
  initialWeights: null,
  origin: null,
};

/** Fields of a configuration, or of a change to one, as version 2 writes them. */
export function fieldsOfVersion2(old: Plain): Plain {
  const { adam, tasks, monitor, ...rest } = old;
  return {
    ...rest,
    ...('tasks' in old ? { tasks: Array.isArray(tasks) ? tasks.map(taskOf) : tasks } : {}),
    ...('adam' in old ? { optimizer: isPlain(adam) ? { id: 'adam', ...adam, weightDecay: 0 } : adam } : {}),
    ...('monitor' in old ? { monitor: typeof monitor === 'string' ? { of: monitor } : monitor } : {}),
  };
}

/** A name that version 1 did not have stays as it is, to be refused. */
const taskOf = (task: unknown): unknown => (typeof task === 'string' ? (presetTask(task) ?? task) : task);

export const fromVersion1: Migration = {
  name: 'tasks, optimiser and monitor as data',
  from: 1,
  migrate: (old) => {
    const { features } = old;
    return {
      ...EARLIER,
      ...fieldsOfVersion2(old),
      features: isPlain(features) ? { sampleRate: null, ...features } : features,
      augmentations: [{ id: 'paper-dice' }],
      schedule: { id: 'constant' },
      clipNorm: null,
    };
  },
};
