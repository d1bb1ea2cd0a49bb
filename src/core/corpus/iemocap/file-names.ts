/**
 * Files of the release by their names alone. Not here: the grammar of an utterance's name
 * (labels.ts).
 */
import { audioStem, isAudioName } from '../../audio/names';

/** A dialog's evaluation file, `Ses01F_impro01.txt`; its transcription has the same name. */
export const isLabelName = (name: string): boolean =>
  /^Ses0\d[FM]_(impro|script)\w*\.txt$/i.test(name) && !isPerEvaluator(name);

/** An utterance's audio, `Ses01F_impro01_F000.wav`; not that of a whole dialog. */
export const isUtteranceAudio = (name: string): boolean =>
  isAudioName(name) && /^Ses0\d[FM]_(impro|script)\w*_[FM][\dX]{3}$/i.test(audioStem(name));

/** `_e2_cat.txt` and the like: one evaluator's file in another grammar, normally a folder below. */
export const isPerEvaluator = (name: string): boolean => /_[efm]\d+_(cat|atr)\.txt$/i.test(name);
