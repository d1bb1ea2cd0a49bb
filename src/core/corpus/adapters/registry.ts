/** Every corpus that can be read. A new adapter is a file beside this one and a line here. */
import { CorpusError } from '../../errors/errors';
import type { CorpusAdapter, LabelScheme } from '../adapter';
import type { CorpusDescription, PublishedSplit } from '../description';
import type { CorpusManifest } from '../types';
import { aesdd } from './aesdd';
import { ased } from './ased';
import { banglaser } from './banglaser';
import { cafe } from './cafe';
import { cremad } from './cremad';
import { demo } from './demo';
import { dusha } from './dusha';
import { emodb } from './emodb';
import { emovo } from './emovo';
import { emozionalmente } from './emozionalmente';
import { esd } from './esd';
import { iemocap } from './iemocap';
import { jl } from './jl';
import { joinedCorpora } from './joined-corpora';
import { meld } from './meld';
import { mspImprov } from './msp-improv';
import { mspPodcast } from './msp-podcast';
import { mesd } from './mesd';
import { nemo } from './nemo';
import { ravdess } from './ravdess';
import { resd } from './resd';
import { savee } from './savee';
import { shemo } from './shemo';
import { subesco } from './subesco';
import { tableFiles } from './table-files';
import { tess } from './tess';
import { turev } from './turev';
import { urdu } from './urdu';

/** Of two with the same score the earlier one is taken. */
export const ADAPTERS: readonly [CorpusAdapter, ...CorpusAdapter[]] = [
  iemocap,
  demo,
  emodb,
  ravdess,
  cremad,
  tess,
  savee,
  nemo,
  emovo,
  cafe,
  esd,
  subesco,
  shemo,
  banglaser,
  aesdd,
  jl,
  urdu,
  turev,
  ased,
  mesd,
  meld,
  resd,
  dusha,
  mspImprov,
  mspPodcast,
  emozionalmente,
  joinedCorpora,
  tableFiles,
];

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

/** Every published split that an adapter declares. */
export const PUBLISHED: readonly PublishedSplit[] = ADAPTERS.flatMap(({ published = [] }) => published);

/** A published split's name with its corpus, where it has another; an unknown one's id. */
export function publishedName(id: string): string {
  for (const { name, published = [] } of ADAPTERS) {
    const split = published.find((one) => one.id === id);
    if (split) return split.name === name ? name : `${name}, ${split.name}`;
  }
  return id;
}

/** A scheme's name, by its corpus and how many classes it has, and these; those of an unknown one: its id. */
export function describedScheme(id: string): { readonly name: string; readonly classes: readonly string[] } {
  for (const { name, schemes } of ADAPTERS) {
    const scheme = schemes.find((one) => one.id === id);
    if (scheme) return { name: `${name}-${scheme.classes.length}`, classes: scheme.classes };
  }
  return { name: id, classes: [] };
}
