/** English: the source of all keys. Placeholders are i18next's `{{name}}`; `_one/_other` are plural forms. */
import { CATALOGUE } from '../../../core/errors/catalogue';
import { BACKEND_DETAILS } from '../../../core/training/backend-details';
import { REASONS } from '../../../core/errors/catalogue/reasons';
import { enCodes } from './codes';
import { enCompare } from './compare';
import { enAugment } from './augment';
import { enEngine } from './engine';
import { enFeatures } from './features';
import { enLab, enLabLog } from './lab';
import { enTasks } from './tasks';
import { enMeasure, enMeasureLog } from './measure';
import { enLifecycle, enLifecycleLog } from './lifecycle';
import { enStrategies } from './strategies';
import { enRuns } from './runs';
import { enScreens } from './screens';
import { enConfig } from './config';
import { enOptim } from './optim';
import { enSettings } from './settings';
import { enStatistics } from './statistics';
import { enSplits, enTested } from './splits';
import { enPreflight } from './preflight';
import { enUtterances } from './utterances';
import { enShell } from './shell';
import { enCorpus } from './corpus';
import { enTrain } from './train';
import { enConfigure } from './configure';
import { enJoined } from './joined';

const { logCodes, ...rest } = enCodes;

export const en = {
  ...rest,
  settings: enSettings,
  splits: enSplits,
  tested: enTested,
  ...enEngine,
  ...enAugment,
  ...enFeatures,
  ...enPreflight,
  ...enUtterances,
  ...enStatistics,
  ...enLab,
  ...enLifecycle,
  // The English sentences of errors stand in the core, once.
  errors: CATALOGUE,
  reasons: REASONS,
  backendDetail: BACKEND_DETAILS,
  ...enStrategies,
  ...enCompare,
  ...enRuns,
  ...enMeasure,
  ...enTasks,
  ...enConfig,
  ...enOptim,
  ...enScreens,
  ...enShell,
  ...enCorpus,
  ...enTrain,
  ...enConfigure,
  ...enJoined,
  runs: {
    title: 'Runs',
    note: 'Kept in this browser, with their charts, configuration and checkpoints. Forks stand under the run they come from.',
    caption: 'Stored runs',
    emptyTitle: 'No runs yet',
    emptyText:
      'A run appears here as soon as it starts, and stays until you delete it. Start with the demo corpus: one press, no set-up.',
    toStart: 'To the start',
    name: 'Name',
    strategy: 'Strategy',
    epochs: 'Epochs',
    epochsOf: '{{done}} / {{total}}',
    score: '{{metric}} {{task}}',
    state: 'State',
    date: 'Last change',
    actions: 'Actions',
    nameOf: 'Name of {{name}}',
    export: 'Export {{name}} as zip',
    noCheckpoint: 'no checkpoint',
    exported: '{{name}} saved',
    delete: 'Delete {{name}}',
    deleteTitle: 'Delete “{{name}}”?',
    deleteText:
      'Its charts, checkpoints and predictions are removed from this browser. For {{count}} seconds it can be undone; then it is final. Export it first if you may need it.',
    deleteConfirm: 'Delete run',
    usage: '{{used}} of {{quota}} used',
    usageLabel: 'Storage used',
    deleteCaches: 'Delete cached features',
    deleteCachesText: 'Spectrograms are computed again when they are next needed. Runs and checkpoints stay.',
    deleteCachesConfirm: 'Delete cache',
  },
  log: {
    title: 'Events',
    empty: 'What happens during a run is noted here.',
    step: 'step {{step}}',
    levels: { warning: 'Warning', error: 'Error' },
    codes: { ...logCodes, ...enLabLog, ...enLifecycleLog, ...enMeasureLog },
  },
};
