/** The facts of a corpus (corpus/statistics/facts.ts) with the side on which a configuration's split puts each utterance. */
import type { Level } from '../audio/level';
import { descriptionOf } from '../corpus/adapters/registry';
import type { Selection } from '../corpus/exclusion';
import { applyScheme } from '../corpus/label-schemes';
import { factsOf, type Facts } from '../corpus/statistics/facts';
import type { CorpusManifest } from '../corpus/types';
import { makeSplit } from './make';
import type { SplitChoice } from './registry';

export interface FactsSetting extends Selection {
  readonly split: SplitChoice;
  readonly seed: number;
}

export function splitFacts(
  manifest: CorpusManifest,
  setting: FactsSetting,
  levels: Readonly<Record<string, Level>>,
): Facts {
  const labelled = applyScheme(manifest, setting);
  const { train, validation, test = [] } = makeSplit(labelled.items, setting.split, setting.seed);
  const sides = new Map(
    Object.entries({ train, validation, test }).flatMap(([side, items]) =>
      items.map(({ id }) => [id, side] as const),
    ),
  );
  return factsOf(manifest, labelled, descriptionOf(manifest).groups, sides, levels);
}
