/**
 * IEMOCAP's labels and groups by column, from an utterance's name and its label line. Also what manifests of
 * version 1, which had a field for each, become (../manifest-versions.ts).
 */
import type { Utterance } from '../types';
import type { UtteranceName } from './labels';

/** A script is read in every session; `Ses05M_script01_1b` is one more take of `script01_1`. */
const SCRIPT = /script\d{2}_\d/;

/** @param emotion the release's label: `ang`  @param vad valence, activation, dominance */
export function columnsOf(
  { speaker, gender, session, dialog, scripted }: UtteranceName,
  emotion: string,
  [valence, activation, dominance]: readonly [number, number, number],
): Pick<Utterance, 'labels' | 'groups'> {
  const script = SCRIPT.exec(dialog)?.[0];
  return {
    labels: { emotion, speaker, gender, valence, activation, dominance },
    groups: {
      speaker,
      session: String(session),
      dialog,
      style: scripted ? 'scripted' : 'improvised',
      ...(script === undefined ? {} : { script }),
    },
  };
}
