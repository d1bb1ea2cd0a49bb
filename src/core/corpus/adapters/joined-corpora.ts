/**
 * Corpora that were joined (../joined): not found in a folder, but made of others that were. Its columns and
 * classes are those of its parts, and stand in its manifest.
 */
import type { CorpusAdapter } from '../adapter';
import type { LabelScheme } from '../description';
import { bySpeaker, GENDER, speechColumns } from '../emotional-speech';
import { notThisCorpus } from '../refusals';

export const JOINED_ADAPTER = 'joined-corpora';

const TITLE = { name: 'Joined', lookedFor: '-' };
const USUAL = ['angry', 'happy', 'neutral', 'sad'] as const;

const scheme = (id: string, classes: readonly string[]): LabelScheme => ({
  id,
  column: 'emotion',
  classes,
  classOf: Object.fromEntries(classes.map((name) => [name, name])),
});

/** The classes that every part has, unless these are fewer than two; and those that any of them has. */
export function joinedSchemes(
  common: readonly string[],
  all: readonly string[],
): readonly [LabelScheme, ...LabelScheme[]] {
  const any = scheme('joined-all', all);
  return common.length > 1 ? [scheme('joined-common', common), any] : [any];
}

export const joinedCorpora: CorpusAdapter = {
  id: JOINED_ADAPTER,
  ...TITLE,
  builtIn: true,
  detect: () => ({ score: 0, evidence: [] }),
  scan: async (root) => {
    throw notThisCorpus(root.name, [TITLE], await root.entries());
  },
  schemes: joinedSchemes(USUAL, USUAL),
  columns: speechColumns(Object.fromEntries(USUAL.map((name) => [name, name])), GENDER),
  groups: [{ id: 'corpus', holdOut: true, leaks: false, counted: true }, bySpeaker([])],
};
