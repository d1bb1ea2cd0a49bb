/**
 * The settings of a run, each declared once: how a link writes it, what sets two runs apart by it, and what it is
 * called in a run's name. Links, names of runs and what Compare tells recipes apart by are read from here. Not
 * here: their schema (schema.ts), words on screen.
 */
import { ARCHITECTURE, AUGMENTATIONS, CORPUS, EXCLUDE, FEATURES, SPLIT, TASKS } from './data';
import { ADDED_SETTINGS, type AddedSetting } from '../plain-settings';
import { plain, type Apart, type Setting } from './setting';
import { INSTRUMENTS, OPTIONS, STRATEGY } from './strategy';
import { LEARNING_RATE, MICRO_BATCH, MONITOR, OPTIMIZER, ORIGIN, SCHEDULE, WEIGHTS } from './training';

/**
 * In the order in which a reader asks: on which data, which model, trained how, with which seed. A link is read in
 * it, too: the architecture decides the tasks, the tasks how long the options of a strategy are.
 */
export const SETTINGS = [
  CORPUS,
  plain('labelScheme'),
  EXCLUDE,
  SPLIT,
  FEATURES,
  AUGMENTATIONS,
  ARCHITECTURE,
  plain('width'),
  plain('inputSize'),
  TASKS,
  STRATEGY,
  OPTIONS,
  plain('renormalise'),
  INSTRUMENTS,
  OPTIMIZER,
  LEARNING_RATE,
  SCHEDULE,
  plain('clipNorm'),
  plain('batchSize'),
  MICRO_BATCH,
  plain('epochs'),
  plain('patience'),
  MONITOR,
  WEIGHTS,
  ORIGIN,
  ...(Object.keys(ADDED_SETTINGS) as AddedSetting[]).map((id) => plain(id)),
  plain('seed'),
  plain('backend'),
] as const satisfies readonly Setting[];

type SettingOf = (typeof SETTINGS)[number];
export type SettingId = SettingOf['id'];
/** A setting that runs may differ in. */
export type ApartSetting = Extract<SettingOf, { readonly apart: Apart }>;
export const isApart = (setting: SettingOf): setting is ApartSetting => 'apart' in setting;
