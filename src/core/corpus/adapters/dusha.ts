/**
 * Dusha (Kondratenko et al. 2022), Russian: a row a listener in `raw_crowd_train.jsonl` or `.tsv`, a file a hash in
 * `wavs`. The label is what the table itself says it is (`emotion` of the authors' aggregation, or `golden_emo` of
 * control tasks), else what more than half of the listeners chose; the authors weigh listeners after Dawid & Skene
 * and drop what is less than 90 % sure, so counts differ. Podcasts are published as features only.
 */
import { CorpusError } from '../../errors/errors';
import { emotionSchemes, speechColumns } from '../emotional-speech';
import { fileKey, labelledFiles, type Labelled } from '../labelled-files';
import { baseName } from '../listing';
import { eachRow } from '../tables/named-cells';
import { countVotes, majorityOf } from '../votes';

const TABLE = /^(raw_)?(crowd|podcast)_(train|test)\.(jsonl|tsv)$/i;
const CLASS_OF = { angry: 'angry', neutral: 'neutral', positive: 'positive', sad: 'sad' } as const;

interface Heard {
  readonly part: string;
  readonly speaker: string;
  readonly text: string;
  readonly acted: string;
  given: string;
  readonly votes: string[][];
}

export const dusha = labelledFiles({
  id: 'dusha',
  name: 'Dusha',
  lookedFor: 'crowd_train/raw_crowd_train.jsonl, wavs',
  tables: TABLE,
  isTable: (head) => head.includes('hash_id'),
  read: async (tables, report, { signal }) => {
    const heard = new Map<string, Heard>();
    // The same rows are published in both forms.
    const read = tables.filter(
      ({ path }) =>
        !/\.tsv$/i.test(path) ||
        !tables.some((other) => other.path.toLowerCase() === path.toLowerCase().replace(/tsv$/, 'jsonl')),
    );
    let podcasts = 0;
    for (const table of read) {
      const [, , domain, part] = TABLE.exec(baseName(table.path).toLowerCase())!;
      let rows = 0;
      const take = (cell: (column: string) => string): void => {
        rows++;
        const id = cell('hash_id');
        if (domain === 'podcast' || id === '') return;
        const one = heard.get(id) ?? {
          part: part!,
          speaker: cell('source_id'),
          text: cell('speaker_text'),
          acted: cell('speaker_emo'),
          given: '',
          votes: [],
        };
        one.given ||= cell('emotion') || cell('golden_emo');
        const vote = cell('annotator_emo');
        if (vote !== '') one.votes.push([vote]);
        heard.set(id, one);
      };
      await eachRow(table, report, take, signal);
      if (domain !== 'podcast') continue;
      podcasts += rows;
      report('missing-audio', table.path, { key: 'podcastRows', values: { count: rows } });
    }
    if (heard.size === 0 && podcasts > 0) throw new CorpusError('features-only', { rows: podcasts });
    return [...heard].map(([id, one]): Labelled => {
      const { part, speaker, text, acted, given } = one;
      const votes = countVotes(one.votes);
      return {
        id,
        key: fileKey(id),
        labels: {
          emotion: given || majorityOf(votes),
          speaker: speaker || null,
          acted: acted || null,
        },
        groups: { ...(speaker ? { speaker } : {}), split: part },
        ...(text ? { text } : {}),
        ...(one.votes.length === 0 ? {} : { votes: { emotion: votes } }),
      };
    });
  },
  schemes: emotionSchemes('dusha', CLASS_OF),
  columns: speechColumns(CLASS_OF, { id: 'acted', kind: 'classes' }),
  groups: [
    { id: 'split', holdOut: true, leaks: false, parts: true, counted: true, usual: ['test', 'train'] },
    { id: 'speaker', holdOut: true, leaks: true },
  ],
  published: [
    {
      id: 'dusha-release',
      name: 'Dusha',
      source: 'Train and test of the release; Kondratenko et al. 2022',
      column: 'split',
      division: { by: 'lists', lists: [['test']] },
    },
  ],
});
