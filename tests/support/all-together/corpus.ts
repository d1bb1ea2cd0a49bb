/** The corpus and the configuration of the run in which everything is new. */
import { encodeWav16 } from '../../../src/core/audio/wav';

const EMOTIONS = ['01', '03', '04', '05'];
export const ACTORS = ['01', '02', '11', '12'];

/** 64 tones: pitch by emotion, loudness by intensity; and a file of something else. */
export function recordings(): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const actor of ACTORS)
    for (const [e, emotion] of EMOTIONS.entries())
      for (const intensity of [1, 2])
        for (const text of ['01', '02']) {
          const pitch = 300 * (e + 1) + 7 * Number(actor) + Number(text);
          const tone = Float32Array.from(
            { length: 3200 },
            (_, t) => 0.3 * intensity * Math.sin((2 * Math.PI * pitch * t) / 16_000),
          );
          files.set(
            `voice ${actor}/lab-${emotion}-${intensity}-${text}-${actor}.wav`,
            encodeWav16(tone, 16_000),
          );
        }
  return files;
}

export const CONFIG = {
  labelScheme: 'lab-8',
  tasks: [
    { id: 'emotion', kind: 'classes', column: 'emotion', loss: { id: 'cross-entropy' }, slot: 0 },
    { id: 'intensity', kind: 'number', column: 'intensity', loss: { id: 'huber' }, slot: 3 },
  ],
  split: { kind: 'interleaved', every: 5 },
  augmentations: [{ id: 'paper-dice' }, { id: 'tilt', decibels: 3 }],
  architecture: 'tiny-resnet',
  width: 0.125,
  inputSize: 32,
  strategy: { id: 'sum-of-squares', options: {} },
  optimizer: { id: 'rmsprop', learningRate: 1e-3 },
  schedule: { id: 'inverse-root' },
  batchSize: 8,
  epochs: 2,
  seed: 5,
};
