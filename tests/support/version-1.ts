/** The compact preset as version 0.1.0 of the program wrote it: a saved configuration of tests/fixtures/v0.1.0. */
import { readFileSync } from 'node:fs';

export interface Version1 {
  readonly tasks: readonly string[];
  readonly monitor: string;
  readonly adam: Readonly<Record<string, number>>;
  readonly features: Readonly<Record<string, unknown>>;
  readonly corpus: { readonly kind: string; readonly name?: string };
  readonly strategy: { readonly id: string; readonly options: object };
  readonly [field: string]: unknown;
}

const LINKS = JSON.parse(
  readFileSync(new URL('../fixtures/v0.1.0/links.json', import.meta.url), 'utf8'),
) as readonly { readonly config: Version1 | null }[];

const SLOTS: Readonly<Record<string, number>> = { emotion: 0, speaker: 1, gender: 2 };

/** What such a configuration means in version 2, by hand. */
export function meantInVersion2({ version: _version, adam, tasks, monitor, ...rest }: Version1): object {
  return {
    ...rest,
    version: 2,
    tasks: tasks.map((task) => ({
      id: task,
      kind: 'classes',
      column: task,
      loss: { id: 'cross-entropy', classWeights: 'none', beta: 0.999, labelSmoothing: 0 },
      slot: SLOTS[task],
    })),
    optimizer: { id: 'adam', ...adam, weightDecay: 0, decayScope: 'all' },
    schedule: { id: 'constant' },
    clipNorm: null,
    augmentations: [{ id: 'paper-dice' }],
    monitor: { of: monitor },
  };
}

/** Of the first stored link, with the preset's seed, strategy and epochs. */
export const version1 = (): Version1 => ({
  ...LINKS[0]!.config!,
  seed: 1,
  epochs: 40,
  strategy: { id: 'unweighted-sum', options: {} },
});
