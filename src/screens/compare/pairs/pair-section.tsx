/**
 * Two runs side by side in one task: both confusion matrices, their difference, and the classes one by one.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { sameValidation } from '../../../core/compare/groups';
import { cellLinks, madeAt } from '../../../core/compare/utterance-link';
import { epochAt } from '../../../core/compare/values';
import { useCompare } from '../../../state/runs/compare';
import { ConfusionTable } from '../../../ui/charts/confusion-table';
import { NumberPanel } from '../../../ui/charts/number-panel';
import { MatrixMenu } from '../../../ui/charts/matrix-menu';
import { useClassName } from '../../../ui/class-names';
import { Segments, SelectField } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import { Panel } from '../../../ui/controls/panel';
import { Charts, Section } from '../../../ui/controls/section';
import { ClassTable } from '../class-table';
import { DifferenceTable } from './difference-table';
import { candidatesOf, chosenPair, type Candidate, type Comparison } from '../use-comparison';
import styles from '../compare-screen.module.css';
import { taskIds } from '../../../core/tasks/types';
import { taskName } from '../../../ui/text/task-name';

export function PairSection({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const { first, second, task: wanted } = useCompare((s) => s.choice);
  const choose = useCompare((s) => s.choose);
  const pair = chosenPair(comparison, first, second);
  const options = useMemo(
    () =>
      candidatesOf(comparison.members).map(({ run, member }) => ({
        value: run.id,
        label: t('compare.pair.option', {
          letter: member.style.letter,
          seed: run.config.seed,
          name: run.name,
        }),
      })),
    [t, comparison.members],
  );
  const tasks = pair
    ? taskIds(pair[0].run.config).filter((task) => taskIds(pair[1].run.config).includes(task))
    : [];
  const task = tasks.find((candidate) => candidate === wanted) ?? tasks[0];
  return (
    <Section
      title={t('compare.pair.title')}
      note={t('compare.pair.note')}
      controls={
        task && (
          <Segments
            label={t('compare.pair.task')}
            value={task}
            onChange={(next) => choose({ task: next })}
            options={tasks.map((value) => ({ value, label: taskName(t, value) }))}
          />
        )
      }
    >
      {pair && (
        <div className={styles['choices']}>
          <SelectField
            label={t('compare.pair.first')}
            value={pair[0].run.id}
            options={options}
            onChange={(id) => choose({ first: id })}
          />
          <SelectField
            label={t('compare.pair.second')}
            value={pair[1].run.id}
            options={options.filter(({ value }) => value !== pair[0].run.id)}
            onChange={(id) => choose({ second: id })}
          />
        </div>
      )}
      {pair && task ? (
        <Matrices pair={pair} task={task} comparison={comparison} />
      ) : (
        <p className={styles['hint']}>{t('compare.pair.needTwo')}</p>
      )}
    </Section>
  );
}

interface MatricesProps {
  readonly pair: readonly [Candidate, Candidate];
  readonly task: Comparison['tasks'][number];
  readonly comparison: Comparison;
}

function Matrices({ pair, task, comparison: { reading } }: MatricesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const className = useClassName();
  const sides = pair.map(({ run, member }) => {
    const index = taskIds(run.config).indexOf(task);
    const epoch = epochAt(run.epochs, reading.moment);
    return {
      run,
      member,
      epoch,
      metrics: epoch?.[reading.side].tasks[index],
      classes: run.classes[index] ?? [],
    };
  });
  const [a, b] = [sides[0]!, sides[1]!];
  const predictionsOf = ({ run, epoch }: Pick<(typeof sides)[number], 'run' | 'epoch'>) => {
    const of = epoch && reading.side === 'validation' ? madeAt(run.epochs, epoch.epoch) : null;
    return of && { run: run.id, of, epoch: epoch!.epoch, task };
  };
  if (!a.metrics || !b.metrics) return <p className={styles['hint']}>{t('compare.pair.notReached')}</p>;
  const unmeasured = sides.flatMap(({ member, metrics }) =>
    metrics?.unmeasurable
      ? [
          `${member.style.letter}: ${t(`measure.reason.${metrics.unmeasurable}`, { task: taskName(t, task) })}`,
        ]
      : [],
  );
  if (unmeasured.length > 0)
    return unmeasured.map((text) => (
      <p key={text} className={styles['hint']}>
        {text}
      </p>
    ));
  const ofNumbers = sides.flatMap(({ run, member, epoch, metrics }) =>
    metrics?.number ? [{ run, member, epoch: epoch!.epoch, scores: metrics.number }] : [],
  );
  if (ofNumbers.length > 0)
    return (
      <>
        {!sameValidation(a.run, b.run) && <p className={styles['hint']}>{t('compare.pair.otherSets')}</p>}
        {ofNumbers.length < 2 && <p className={styles['hint']}>{t('compare.pair.otherKinds')}</p>}
        <Charts>
          {ofNumbers.map(({ run, member: { style }, epoch, scores }) => (
            <NumberPanel
              key={run.id}
              task={task}
              scores={scores}
              predictions={predictionsOf({
                run,
                epoch: run.epochs.find((one) => one.epoch === epoch) ?? null,
              })}
              epoch={epoch}
              side={reading.side}
              run={t('compare.pair.run', {
                letter: style.letter,
                seed: run.config.seed,
                epoch: format.integer(epoch),
              })}
              file={`-${style.letter}-seed-${run.config.seed}`}
            />
          ))}
        </Charts>
      </>
    );
  const alike = a.classes.join('\n') === b.classes.join('\n');
  const names = a.classes.map(className);
  const named = taskName(t, task);
  const title = (which: 'firstShort' | 'secondShort'): string =>
    t('compare.pair.confusion', { which: t(`compare.pair.${which}`), task: named });
  const linksOf = (side: (typeof sides)[number]) => {
    const of = predictionsOf(side);
    return of ? { links: cellLinks(of, side.classes) } : {};
  };
  const difference = t('compare.pair.difference', { task: named });
  const byClass = t('compare.pair.perClass', { task: named });
  return (
    <>
      {!sameValidation(a.run, b.run) && <p className={styles['hint']}>{t('compare.pair.otherSets')}</p>}
      <Charts>
        {(
          [
            ['firstShort', a],
            ['secondShort', b],
          ] as const
        ).map(([which, side]) => (
          <Panel
            key={which}
            title={title(which)}
            level={3}
            flush
            note={t('compare.pair.run', {
              letter: side.member.style.letter,
              seed: side.run.config.seed,
              epoch: format.integer(side.epoch!.epoch),
            })}
            actions={
              <MatrixMenu
                title={title(which)}
                file={`confusion-${task}-${reading.side}-${side.member.style.letter}-seed-${side.run.config.seed}-epoch-${side.epoch!.epoch}`}
                matrix={side.metrics!.confusion}
                names={side.classes.map(className)}
                classes={side.classes}
                note={`${t('compare.pair.run', { letter: side.member.style.letter, seed: side.run.config.seed, epoch: format.integer(side.epoch!.epoch) })}, ${side.member.name}, ${t(`side.${reading.side}`)}.`}
              />
            }
          >
            <ConfusionTable
              title={title(which)}
              matrix={side.metrics!.confusion}
              classes={side.classes.map(className)}
              {...linksOf(side)}
            />
          </Panel>
        ))}
        {alike && (
          <Panel title={difference} level={3} flush note={t('compare.pair.differenceNote')}>
            <DifferenceTable
              title={difference}
              first={a.metrics.confusion}
              second={b.metrics.confusion}
              classes={names}
            />
          </Panel>
        )}
      </Charts>
      {alike ? (
        <Panel title={byClass} level={3} flush>
          <ClassTable
            title={byClass}
            first={a.metrics.confusion}
            second={b.metrics.confusion}
            classes={names}
          />
        </Panel>
      ) : (
        <p className={styles['hint']}>{t('compare.pair.otherClasses')}</p>
      )}
    </>
  );
}
