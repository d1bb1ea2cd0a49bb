/** Russian. The compiler checks that it has English's keys, with Russian plural forms. */
import { errorsRu } from './errors/index';
import { backendDetailsRu } from './backend-details';
import { reasonsRu } from './errors/reasons';
import type { en } from '../en/index';
import { ruCodes } from './codes';
import { ruCompare } from './compare';
import { ruAugment } from './augment';
import { ruFeatures } from './features';
import { ruEngine } from './engine';
import { ruLab, ruLabLog } from './lab';
import { ruTasks } from './tasks';
import { ruMeasure, ruMeasureLog } from './measure';
import { ruLifecycle, ruLifecycleLog } from './lifecycle';
import { ruStrategies } from './strategies';
import { ruRuns } from './runs';
import { ruScreens } from './screens';
import { ruConfig } from './config';
import { ruOptim } from './optim';
import { ruSettings } from './settings';
import { ruStatistics } from './statistics';
import { ruSplits, ruTested } from './splits';
import type { Russian } from '../shape';
import { ruPreflight } from './preflight';
import { ruUtterances } from './utterances';
import { ruShell } from './shell';
import { ruCorpus } from './corpus';
import { ruTrain } from './train';
import { ruConfigure } from './configure';
import { ruJoined } from './joined';

const { logCodes, ...rest } = ruCodes;

export const ru = {
  ...rest,
  settings: ruSettings,
  splits: ruSplits,
  tested: ruTested,
  ...ruEngine,
  ...ruAugment,
  ...ruFeatures,
  ...ruPreflight,
  ...ruUtterances,
  ...ruStatistics,
  ...ruLab,
  ...ruLifecycle,
  errors: errorsRu,
  reasons: reasonsRu,
  backendDetail: backendDetailsRu,
  ...ruStrategies,
  ...ruCompare,
  ...ruRuns,
  ...ruMeasure,
  ...ruTasks,
  ...ruConfig,
  ...ruOptim,
  ...ruScreens,
  ...ruShell,
  ...ruCorpus,
  ...ruTrain,
  ...ruConfigure,
  ...ruJoined,
  runs: {
    title: 'Запуски',
    note: 'Хранятся в этом браузере с графиками, конфигурацией и контрольными точками. Ответвления стоят под своим запуском.',
    caption: 'Сохранённые запуски',
    emptyTitle: 'Запусков пока нет',
    emptyText:
      'Запуск появляется здесь сразу после начала и хранится, пока вы его не удалите. Начните с демокорпуса: одно нажатие без подготовки.',
    toStart: 'К началу',
    name: 'Название',
    strategy: 'Стратегия',
    epochs: 'Эпохи',
    epochsOf: '{{done}} / {{total}}',
    score: '{{metric}}, {{task}}',
    state: 'Состояние',
    date: 'Изменён',
    actions: 'Действия',
    nameOf: 'Название запуска {{name}}',
    export: 'Выгрузить {{name}} в zip',
    noCheckpoint: 'контрольной точки нет',
    exported: 'Сохранён файл {{name}}',
    delete: 'Удалить {{name}}',
    deleteTitle: 'Удалить «{{name}}»?',
    deleteText:
      'Графики, контрольные точки и предсказания будут удалены из браузера. Это можно отменить в течение {{count}} с, потом нельзя. Если они могут понадобиться, сначала выгрузите запуск.',
    deleteConfirm: 'Удалить запуск',
    usage: 'Занято {{used}} из {{quota}}',
    usageLabel: 'Занятое место',
    deleteCaches: 'Удалить сохранённые признаки',
    deleteCachesText:
      'Спектрограммы будут вычислены снова, когда понадобятся. Запуски и контрольные точки останутся.',
    deleteCachesConfirm: 'Удалить признаки',
  },
  log: {
    title: 'События',
    empty: 'Здесь записывается ход запуска.',
    step: 'шаг {{step}}',
    levels: { warning: 'Предупреждение', error: 'Ошибка' },
    codes: { ...logCodes, ...ruLabLog, ...ruLifecycleLog, ...ruMeasureLog },
  },
} satisfies Russian<typeof en>;
