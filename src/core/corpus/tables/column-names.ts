/**
 * What columns and values are usually called in tables that describe speech corpora, in English, Russian and the
 * abbreviations of toolkits (nkululeko, EmoBox, audformat, Hugging Face, MSP-PODCAST). Suggestions only: the user
 * decides in the editor. A new name is a word in one of these lists.
 */

/** What a column is for. */
export const ROLES = [
  'audio',
  'start',
  'end',
  'classes',
  'number',
  'group',
  'split',
  'filter',
  'ignore',
] as const;
export type Role = (typeof ROLES)[number];

interface Known {
  /** What the column is called here. */
  readonly id: string;
  readonly role: Role;
  /** Without case, blanks and signs. */
  readonly names: string;
}

const KNOWN: readonly Known[] = [
  {
    id: 'file',
    role: 'audio',
    names:
      'file path wav filename fname filepath audio audiofile audiopath audiofilepath audiofilename wavfile wavpath clip clippath recording soundfile uri файл путь запись',
  },
  { id: 'start', role: 'start', names: 'start starttime startsec starts begin onset from начало' },
  { id: 'end', role: 'end', names: 'end endtime endsec ends stop to конец' },
  {
    id: 'emotion',
    role: 'classes',
    names:
      'emotion emotions emo label labels emotionlabel emoclass emotionclass class category target majorityemotion goldenemo эмоция метка',
  },
  {
    id: 'speaker',
    role: 'classes',
    names:
      'speaker speakers spkr spk spkid spkrid speakerid speakername actor actorid subject subjectid participant participantid диктор дикторid актер актёр',
  },
  { id: 'gender', role: 'classes', names: 'gender sex speakergender пол' },
  { id: 'age', role: 'number', names: 'age speakerage возраст' },
  { id: 'valence', role: 'number', names: 'valence val emoval pleasure валентность' },
  { id: 'arousal', role: 'number', names: 'arousal aro activation emoact эмоциональноевозбуждение' },
  { id: 'dominance', role: 'number', names: 'dominance dom emodom доминирование' },
  { id: 'split', role: 'split', names: 'split set partition subset splitset usage часть выборка' },
  { id: 'fold', role: 'group', names: 'fold folds cvfold' },
  { id: 'session', role: 'group', names: 'session sessionid сессия' },
  { id: 'dialog', role: 'group', names: 'dialog dialogid dialogue dialogueid conversation диалог' },
  {
    id: 'text',
    role: 'group',
    names: 'text sentence sentenceid transcript transcription statement utterancetext phrase текст фраза',
  },
  { id: 'language', role: 'group', names: 'language lang язык' },
  {
    id: 'ignored',
    role: 'ignore',
    names:
      'duration length samplerate sr numframe numframes channel channels key index id type unnamed0 task',
  },
];
const BY_NAME: ReadonlyMap<string, Known> = new Map(
  KNOWN.flatMap((known) => known.names.split(' ').map((name) => [name, known] as const)),
);

/** A name without case, blanks and signs: `Speaker_ID` and `speaker id` are one. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** What a column of this name usually is; null where the name says nothing. */
export const knownColumn = (header: string): Known | null => BY_NAME.get(plain(header)) ?? null;

/** Columns of which a value on both sides of a split flatters the validation. */
export const LEAKING: ReadonlySet<string> = new Set(['speaker', 'text', 'session', 'dialog']);

/** `class: other spellings` */
const wordsOf = (lists: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(lists).flatMap(([name, words]) =>
      [name, ...words.split(' ')].map((word) => [plain(word), name] as const),
    ),
  );

const EMOTIONS = wordsOf({
  angry: 'anger ang злость гнев',
  happy: 'happiness hap joy радость',
  neutral: 'neutrality neu neutralstate нейтральная нейтрально нейтраль нейтральность',
  sad: 'sadness грусть печаль',
  afraid: 'fear fea fearful страх',
  bored: 'boredom boredem скука',
  disgusted: 'disgust dis отвращение',
});
const GENDERS = wordsOf({
  female: 'f w woman fem weiblich ж жен женский',
  male: 'm man masc männlich м муж мужской',
});
const PARTS = wordsOf({
  train: 'training trainset обучение',
  dev: 'devel development val valid validation devset валидация',
  test: 'testing testset тест',
});

/** The class that a value of a column usually means; the value itself where nothing is known of it. */
export function usualClass(column: string, value: string): string {
  const words =
    column === 'emotion' ? EMOTIONS : column === 'gender' ? GENDERS : column === 'split' ? PARTS : null;
  return words?.get(plain(value)) ?? value;
}

/** What a name of a file or folder says of the part that it lists: `msp_train.csv`, `test`; null: nothing. */
export const partOfName = (name: string): string | null => PARTS.get(plain(name)) ?? null;
