/**
 * The tabs of the Data screen, in the order in which they are shown: `#/data` is the first one, `#/data/<id>`
 * each of the others. A new one is a component, a line here and its name in both languages
 * (`data.tabs.<id>`).
 */
import type { ComponentType } from 'react';
import type { CorpusManifest } from '../../core/corpus/types';
import { FeaturesTab } from './features/features-tab';
import { Overview } from './overview';
import { Statistics } from './statistics/statistics';
import { Utterances } from './utterances/utterances';

export interface TabProps {
  /** Of the open corpus. */
  readonly manifest: CorpusManifest;
}

export const TABS = [
  { id: 'overview', Tab: Overview },
  { id: 'utterances', Tab: Utterances },
  { id: 'statistics', Tab: Statistics },
  { id: 'features', Tab: FeaturesTab },
] as const satisfies readonly {
  readonly id: string;
  readonly Tab: ComponentType<TabProps>;
}[];
