/** A worker's surroundings in memory: storage that keeps what it is given, and samplers that need no pack. */
import { manifestOf1 } from '../../src/core/corpus/manifest-versions';
import { WeightsError } from '../../src/core/errors/errors';
import type { EpochRecord, LogEntry, StepRow, TrainerEvent } from '../../src/core/training/events';
import type { RunData } from '../../src/core/training/run-data';
import type { BeginPorts } from '../../src/engine/run/begin/ports';
import type { ImportedWeights, StoredCheckpoint, Which } from '../../src/engine/run/begin/run-storage';
import type { TrainerState } from '../../src/core/run/checkpoint';
import { images } from './runs';

const IDS = Array.from({ length: 20 }, (_, i) => `u${i}`);
export const MANIFEST = manifestOf1({
  version: 1,
  corpus: 'iemocap',
  fingerprint: 'f',
  utterances: IDS.map((id, i) => ({
    id,
    speaker: `Ses0${(i % 4) + 1}`,
    gender: i % 3 === 0 ? 'female' : 'male',
    session: (i % 4) + 1,
    dialog: `d${i}`,
    scripted: false,
    label: ['ang', 'hap', 'neu', 'sad'][(i >> 1) % 4]!,
    vad: [2, 2, 2],
    path: `${id}.wav`,
    sampleRate: 16_000,
    frames: 100,
  })),
  problems: [],
});
const PACK = { records: Object.fromEntries(IDS.map((id) => [id, {}])), failures: [] };

type Kept = Pick<StoredCheckpoint, 'which' | 'step' | 'state'> & {
  readonly arrays: readonly { name: string; shape: readonly number[]; data: Float32Array }[];
};

/** A browser's storage; `checkpoints`, `rows` and the rest are what is stored. */
export function surroundings() {
  const stored = {
    checkpoints: new Map<Which, Kept>(),
    rows: [] as StepRow[],
    epochs: [] as EpochRecord[],
    log: [] as LogEntry[],
    data: null as RunData | null,
    weights: [] as ImportedWeights[],
    packs: ['p'],
    /** Checkpoints that cannot be read. */
    damaged: new Set<Which>(),
  };
  const events: TrainerEvent[] = [];
  const alive: (number | null)[] = [];
  let samplers = 0;
  const ports: BeginPorts = {
    emit: (event) => events.push(event),
    alive: (ms) => alive.push(ms),
    breathe: () =>
      new Promise((resolve) => {
        setImmediate(resolve);
      }),
    warm: () => null,
    tune: async (backend) => ({ backend, notes: [] }),
    openSamplers: async () => {
      samplers++;
      return { sample: images, close: () => samplers-- };
    },
    storage: {
      features: async (packId) => (stored.packs.includes(packId) ? { pack: PACK, manifest: MANIFEST } : null),
      data: async () => stored.data,
      checkpoints: async () =>
        [...stored.checkpoints.values()].map(({ which, step, state, arrays }) => ({
          which,
          step,
          state,
          tensors: () => {
            if (stored.damaged.has(which)) throw new WeightsError('weights-pickle');
            return arrays.map(({ name, shape, data }) => ({ name, shape, pieces: [data] }));
          },
        })),
      epochs: async () => stored.epochs,
      weights: async (id) => stored.weights.find((one) => one.id === id) ?? null,
      cutAfter: async (_run, step) => {
        stored.rows = stored.rows.filter((row) => row.step <= step);
        stored.epochs = stored.epochs.filter((epoch) => epoch.step <= step);
      },
      nextLogSeq: async () => stored.log.length,
      saveHistory: async (_run, rows, epochs) => {
        stored.rows.push(...rows);
        for (const record of epochs)
          stored.epochs = [...stored.epochs.filter(({ epoch }) => epoch !== record.epoch), record];
      },
      saveLog: async (_run, entries) => void stored.log.push(...entries),
      saveTested: async (_run, tested) => {
        const best = stored.checkpoints.get('best')!;
        stored.checkpoints.set('best', { ...best, state: { ...best.state, tested } });
      },
      saveCheckpoint: async (_run, state, tensors, kinds) => {
        const arrays: Kept['arrays'][number][] = [];
        for (const { name, shape, pieces } of tensors) {
          const values: number[] = [];
          for await (const piece of pieces) values.push(...piece);
          arrays.push({ name, shape, data: Float32Array.from(values) });
        }
        const plain = JSON.parse(JSON.stringify(state)) as TrainerState;
        for (const which of kinds)
          stored.checkpoints.set(which, { which, step: state.step, state: plain, arrays });
        return arrays.length;
      },
    },
  };
  return { ports, stored, events, alive, openSamplers: () => samplers };
}
