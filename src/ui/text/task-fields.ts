/** A task's fields and their values in words: `loss.gamma` of emotion -> Emotion: focal γ. */
import { useTranslation } from 'react-i18next';
import type { Levels } from '../../core/tasks/levels';
import type { TaskId } from '../../core/tasks/types';
import { lossWords } from '../options/option-words';
import { useFormat } from './format';
import { say } from './lookup';
import { within } from './setting-names';
import { taskName } from './task-name';

const OPTION = /^loss\.(?!id$)(.+)$/;

export interface TaskFieldWords {
  readonly field: (task: TaskId, field: string) => string;
  readonly value: (field: string, value: unknown) => string;
}

export function useTaskFieldWords(): TaskFieldWords {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const options = lossWords(i18n);
  return {
    field: (task, field) => {
      const option = OPTION.exec(field)?.[1];
      const name =
        option === undefined
          ? say(t, `taskEditor.field.${field === 'loss.id' ? 'loss' : field}`, field)
          : options.label(option);
      return t('taskEditor.fieldOf', { task: taskName(t, task), field: within(name) });
    },
    value: (field, value) => {
      if (value === undefined || value === null) return '–';
      if (typeof value === 'number') return format.significant(field === 'slot' ? value + 1 : value, 6);
      if (typeof value === 'boolean') return t(value ? 'adjust.on' : 'adjust.off');
      if (Array.isArray(value)) return value.map((one) => format.significant(Number(one), 6)).join(' / ');
      if (field === 'levels')
        return (value as Levels).edges.map((edge) => format.significant(edge, 6)).join('; ');
      const text = String(value);
      if (field === 'kind') return say(t, `taskEditor.kind.${text}`, text);
      if (field === 'targets') return say(t, `taskEditor.targetsOf.${text}`, text);
      if (field === 'loss.id') return say(t, `losses.${text}`, text);
      const option = OPTION.exec(field)?.[1];
      return option === undefined ? text : options.choice(option, text);
    },
  };
}
