/** Every corpus that can be read. A new adapter is a file beside this one and a line here. */
import { CorpusError } from '../../errors/errors';
import type { CorpusAdapter, LabelScheme } from '../adapter';
import type { CorpusDescription } from '../description';
import type { CorpusManifest } from '../types';
import { demo } from './demo';
import { emodb } from './emodb';
import { iemocap } from './iemocap';
import { tableFiles } from './table-files';

/** Of two with the same score the earlier one is taken. */
export const ADAPTERS: readonly [CorpusAdapter, ...CorpusAdapter[]] = [iemocap, demo, emodb, tableFiles];

/** @throws CorpusError `unknown-adapter` for a manifest of a later version */
export function adapterOf({ adapter: id }: Pick<CorpusManifest, 'adapter'>): CorpusAdapter {
  const found = ADAPTERS.find((adapter) => adapter.id === id);
  if (!found) throw new CorpusError('unknown-adapter', { adapter: id });
  return found;
}

/** A manifest, or what of it says how it is described. */
export type Described = Pick<CorpusManifest, 'adapter' | 'described'>;

/** Columns, groups and schemes of a corpus: its own where it has them, else its adapter's. @throws as {@link adapterOf} */
export const descriptionOf = (manifest: Described): CorpusDescription =>
  manifest.described ?? adapterOf(manifest);

/** All label schemes, each once; the demo corpus shares IEMOCAP's. */
export const ALL_SCHEMES: readonly LabelScheme[] = [
  ...new Map(ADAPTERS.flatMap(({ schemes }) => schemes).map((scheme) => [scheme.id, scheme])).values(),
];
