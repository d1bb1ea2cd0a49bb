/**
 * What IEMOCAP's folders hold, by column: shared by the adapters of the release and of the demo corpus, which
 * has its layout.
 */
import type { CorpusAdapter, LabelScheme } from '../adapter';
import { dimensions, GENDER } from '../emotional-speech';

const FOUR = ['angry', 'happy', 'neutral', 'sad'] as const;
const PAPER = { ang: 'angry', hap: 'happy', neu: 'neutral', sad: 'sad' } as const;

/** What a folder of this layout is recognised by. */
export const IEMOCAP_NAME = { name: 'IEMOCAP', lookedFor: 'Session1 … Session5, dialog, sentences' };

/** The paper's four classes; `exc` is left out, so happy is the rarest (4490 utterances of the release). */
const IEMOCAP_4: LabelScheme = {
  id: 'iemocap-4',
  column: 'emotion',
  classes: FOUR,
  classOf: PAPER,
  full: 4490,
};
/** The field's usual variant: `exc` counts as happy (5531 utterances of the release). */
const IEMOCAP_4_EXC: LabelScheme = {
  ...IEMOCAP_4,
  id: 'iemocap-4-exc',
  classOf: { ...PAPER, exc: 'happy' },
  full: 5531,
};

const SESSIONS = ['1', '2', '3', '4', '5'];

export const IEMOCAP_COLUMNS: Pick<CorpusAdapter, 'schemes' | 'columns' | 'groups'> = {
  schemes: [IEMOCAP_4, IEMOCAP_4_EXC],
  columns: [
    { id: 'emotion', kind: 'classes', classes: FOUR },
    { id: 'speaker', kind: 'classes' },
    GENDER,
    // 0.5 to 5.5 in the release.
    ...dimensions(1, 5),
  ],
  groups: [
    { id: 'session', holdOut: true, leaks: false, counted: true, usual: SESSIONS },
    {
      id: 'speaker',
      holdOut: true,
      leaks: true,
      counted: true,
      usual: SESSIONS.flatMap((session) => [`Ses0${session}F`, `Ses0${session}M`]),
    },
    { id: 'dialog', holdOut: false, leaks: false },
    { id: 'style', holdOut: true, leaks: false },
    { id: 'script', holdOut: false, leaks: true },
  ],
};
