/**
 * Corpora with tables of their own, as folders: each table in the grammar that its publishers or the published
 * readers give, two or three recordings each. No text of a corpus is quoted.
 */
import { encodeWav16 } from '../../src/core/audio/wav';
import type { Content } from './memory-directory';

const tone = (name: string): Uint8Array => {
  const pitch = Array.from(name, (c) => c.charCodeAt(0)).reduce((sum, code) => (sum * 31 + code) % 997, 0);
  return encodeWav16(
    Float32Array.from({ length: 400 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * (pitch + 100) * i) / 16_000)),
    16_000,
  );
};
export const wavs = (...paths: readonly string[]): Record<string, Content> =>
  Object.fromEntries(paths.map((path) => [`${path}.wav`, tone(path)]));
const MELD_HEADER =
  'Sr No.,Utterance,Speaker,Emotion,Sentiment,Dialogue_ID,Utterance_ID,Season,Episode,StartTime,EndTime\n';
const meldRow = (n: number, speaker: string, emotion: string, dialog: number, utterance: number): string =>
  `${n},"Well, ""no"".",${speaker},${emotion},negative,${dialog},${utterance},8,21,"00:16:16,059","00:16:21,731"\n`;
export const MELD = {
  'MELD.Raw/train/train_sent_emo.csv': `${MELD_HEADER}${meldRow(1, 'Dr. Leedbetter', 'joy', 0, 0)}${meldRow(2, 'Both', 'anger', 125, 3)}`,
  'MELD.Raw/dev_sent_emo.csv': `${MELD_HEADER}${meldRow(1, 'Joey', 'fear', 0, 0)}${meldRow(2, 'Joey', 'fear', 110, 7)}${meldRow(3, 'Joey', 'fear', 9, 9)}`,
  'MELD.Raw/test_sent_emo.csv': `${MELD_HEADER}${meldRow(1, 'Joey', 'neutral', 0, 0)}`,
  ...wavs(
    'MELD.Raw/train/train_splits/dia0_utt0',
    'MELD.Raw/train/train_splits/dia125_utt3',
    'MELD.Raw/dev_splits_complete/dia0_utt0',
    'MELD.Raw/test/output_repeated_splits_test/dia0_utt0',
    'MELD.Raw/test/output_repeated_splits_test/final_videos_testdia5_utt5',
  ),
};

export const RESD = {
  'train.csv':
    'name,path,emotion\n32_happiness_enthusiasm_h_120,happiness_enthusiasm_32/32_happiness_enthusiasm_h_120.wav,happiness\n32_happiness_enthusiasm_e_121,happiness_enthusiasm_32/32_happiness_enthusiasm_e_121.wav,enthusiasm\n',
  'test.csv': 'name,path,emotion\n06_anger_fear_a_001,06_anger_fear/06_anger_fear_a_001.wav,anger\n',
  ...wavs(
    'train/happiness_enthusiasm_32/32_happiness_enthusiasm_h_120',
    'train/happiness_enthusiasm_32/32_happiness_enthusiasm_e_121',
    'test/06_anger_fear/06_anger_fear_a_001',
    'test/06_anger_fear/06_anger_fear_a_002',
  ),
};

const dushaRow = (id: string, vote: string, golden = ''): string =>
  `${JSON.stringify({ hash_id: id, audio_path: `wavs/${id}.wav`, duration: 3.2, annotator_emo: vote, golden_emo: golden, speaker_text: 'да "нет', speaker_emo: 'sad', source_id: 's1', annotator_id: vote })}\n`;
export const CROWD =
  ['angry', 'angry', 'sad'].map((vote) => dushaRow('aa', vote)).join('') +
  ['neutral', 'sad'].map((vote) => dushaRow('bb', vote)).join('') +
  dushaRow('cc', 'sad', 'positive');
export const DUSHA = {
  'crowd_train/raw_crowd_train.jsonl': `${CROWD}not json\n`,
  'crowd_train/raw_crowd_train.tsv': 'hash_id\tannotator_emo\nzz\tsad\n',
  'crowd_test/raw_crowd_test.tsv':
    'hash_id\taudio_path\tannotator_emo\tgolden_emo\tspeaker_text\tspeaker_emo\tsource_id\ndd\twavs/dd.wav\tneutral\t\tдa "и\tneutral\ts2\n',
  'podcast_train/raw_podcast_train.jsonl': dushaRow('pp', 'sad') + dushaRow('pq', 'sad'),
  ...wavs('crowd_train/wavs/aa', 'crowd_train/wavs/bb', 'crowd_train/wavs/cc', 'crowd_test/wavs/dd'),
};

export const IMPROV = {
  'Evaluation.txt': [
    'UTD-IMPROV-S01A-F01-P-FM01.avi; A; A:3.857143; V:1.857143; D:NaN ; N:4.0;',
    'EvA-1_x; Angry; 1; A:4.0; V:2.0; D:NaN; N:4;',
    'EvA-2; Neutral; ; A:3.0; V:1.0; D:NaN; N:4;',
    'EvA-3; Angry; ; A:3.0; V:1.0; D:NaN; N:4;',
    '',
    'UTD-IMPROV-S20H-M06-T-MF12.avi; X; A:NaN; V:NaN; D:NaN ; N:NaN;',
    'a line of something else',
    '',
  ].join('\r\n'),
  ...wavs('session1/S01A/P/MSP-IMPROV-S01A-F01-P-FM01', 'session6/S20H/T/MSP-IMPROV-S20H-M06-T-MF12'),
};

export const PODCAST = {
  'Labels/labels_concensus.csv':
    'FileName,EmoClass,EmoAct,EmoVal,EmoDom,SpkrID,Gender,Split_Set\nMSP-PODCAST_0001_0008.wav,N,4.8,3.6,5,127,Male,Test1\nMSP-PODCAST_0001_0019.wav,X,5,NaN,4.5,Unknown,Unknown,Train\n',
  ...wavs('Audios/MSP-PODCAST_0001_0008', 'Audios/MSP-PODCAST_0001_0019'),
};

export const EMOZIONALMENTE = {
  'metadata/samples.csv':
    'file_name,actor,sentence,emotion_expressed\n1600.wav,anna,"Sì, vengo",joy\n1601.wav,bo,Vengo,neutrality\n',
  'metadata/users.csv': 'username,gender,age,mother_tongue\nanna,female,31,italian\nbo,other,,italian\n',
  'metadata/evaluations.csv':
    'file_name,evaluator,emotion_recognized\n1600.wav,x,joy\n1600.wav,y,joy\n1600.wav,z,surprise\n',
  ...wavs('audio/1600', 'audio/1601'),
};

/** By id of the adapter: the folder, and what it holds by the value of the corpus' column `emotion`, counted by hand. */
export const LABELLED_FOLDERS: Readonly<
  Record<
    string,
    {
      readonly files: Readonly<Record<string, Content>>;
      readonly emotions: Readonly<Record<string, number>>;
      readonly speakers: number;
    }
  >
> = {
  meld: { files: MELD, emotions: { fear: 1, joy: 1, neutral: 1 }, speakers: 2 },
  resd: { files: RESD, emotions: { anger: 1, enthusiasm: 1, happiness: 1 }, speakers: 0 },
  // One more recording, on which its listeners do not agree, has no label.
  dusha: { files: DUSHA, emotions: { angry: 1, neutral: 1, positive: 1 }, speakers: 2 },
  'msp-improv': { files: IMPROV, emotions: { A: 1, X: 1 }, speakers: 2 },
  'msp-podcast': { files: PODCAST, emotions: { N: 1, X: 1 }, speakers: 1 },
  emozionalmente: { files: EMOZIONALMENTE, emotions: { joy: 1, neutrality: 1 }, speakers: 2 },
};
