/**
 * The utterances of the demo corpus that the fixtures use as speech: reference/fixtures/inputs.py reads them
 * as WAV files. Not here: the files (tests/fixtures/spectrogram).
 */
import { demoCorpus } from '../../src/core/synth/demo-corpus';

/** An angry woman, a happy man, a sad woman. */
export const UTTERANCES: readonly string[] = [
  'Ses01F_impro01_F003',
  'Ses01F_impro01_M003',
  'Ses01F_impro01_F009',
];

/** The files as the synthesiser makes them now. */
export function synthesised(): { readonly name: string; readonly bytes: Uint8Array }[] {
  const found = new Map<string, Uint8Array>();
  for (const { path, bytes } of demoCorpus({ seed: 1, difficulty: 0.5 })) {
    const name = UTTERANCES.find((id) => path.endsWith(`/${id}.wav`));
    if (name !== undefined) found.set(name, bytes);
    if (found.size === UTTERANCES.length) break;
  }
  return UTTERANCES.map((name) => ({ name, bytes: found.get(name)! }));
}
