/** The run whose predictions stand in the list, which of them, and whether only its mistakes are listed. */
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DEFAULT_LIST, MADE } from '../../../core/compare/utterance-link';
import { parseQuery, withClause, writeClauses } from '../../../core/corpus/browse/query';
import type { CorpusManifest } from '../../../core/corpus/types';
import { isOf, useUtterances } from '../../../state/corpus/utterances';
import { useLibrary } from '../../../state/runs/library';
import { Segments, SelectField, SwitchField } from '../../../ui/controls/fields';
import { taskName } from '../../../ui/text/task-name';
import styles from './utterances.module.css';

const NONE = '';

export function RunChoice({ manifest }: { readonly manifest: CorpusManifest }) {
  const { t } = useTranslation();
  const entries = useLibrary((s) => s.entries);
  const refresh = useLibrary((s) => s.refresh);
  useEffect(() => void refresh(), [refresh]);
  const { choice, run, choose } = useUtterances();
  const own = useMemo(() => entries.filter((entry) => isOf(entry, manifest)), [entries, manifest]);
  if (own.length === 0 && !choice.run) return null;
  const options = [
    { value: NONE, label: t('utterances.run.none') },
    ...own.map(({ id, name }) => ({ value: id, label: name })),
    ...(choice.run && !own.some(({ id }) => id === choice.run?.id)
      ? [{ value: choice.run.id, label: typeof run === 'object' && run ? run.record.name : choice.run.id }]
      : []),
  ];
  const { predictions, record } = typeof run === 'object' && run ? run : { predictions: null, record: null };
  return (
    <div className={styles['ofRun']}>
      <SelectField
        label={t('utterances.run.title')}
        value={choice.run?.id ?? NONE}
        options={options}
        onChange={(id) =>
          // The columns of a run, and what is asked of them, go with it.
          choose(
            id === NONE
              ? { ...DEFAULT_LIST }
              : {
                  ...DEFAULT_LIST,
                  query: choice.run ? '' : choice.query,
                  run: { id, of: 'best', epoch: null },
                },
          )
        }
      />
      {choice.run && (
        <Segments
          label={t('utterances.run.which')}
          value={choice.run.of}
          options={MADE.map((of) => ({ value: of, label: t(`utterances.run.made.${of}`) }))}
          onChange={(of) => choose({ run: { id: choice.run!.id, of, epoch: null } })}
        />
      )}
      {predictions && record && (
        <Mistakes tasks={record.config.tasks.filter(({ kind }) => kind === 'classes').map(({ id }) => id)} />
      )}
    </div>
  );
}

/** A switch a task: only what the model got wrong. */
function Mistakes({ tasks }: { readonly tasks: readonly string[] }) {
  const { t } = useTranslation();
  const { choice, choose } = useUtterances();
  const clauses = parseQuery(choice.query);
  const shown = choice.task === null ? tasks : tasks.filter((task) => task === choice.task);
  return shown.map((task) => {
    const column = `right.${task}`;
    const on = clauses.some(
      ({ column: of, test, values, not }) =>
        of === column && test === 'is' && !not && values.join() === 'wrong',
    );
    return (
      <SwitchField
        key={task}
        label={t('utterances.run.mistakes', { task: taskName(t, task) })}
        checked={on}
        onChange={(next) =>
          choose({
            query: writeClauses(
              withClause(clauses, column, next ? { not: false, test: 'is', values: ['wrong'] } : null),
            ),
          })
        }
      />
    );
  });
}
