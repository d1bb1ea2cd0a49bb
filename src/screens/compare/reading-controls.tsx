/** Which score, of which side, at which epoch, against which baseline: for the whole screen. */
import { useTranslation } from 'react-i18next';
import { OVER, hasFolds } from '../../core/compare/groups';
import { METRICS, NUMBER_METRICS } from '../../core/compare/values';
import { useCompare } from '../../state/runs/compare';
import { Segments, SelectField } from '../../ui/controls/fields';
import { NumberField } from '../../ui/options/number-field';
import { metricName } from '../../ui/text/metric-name';
import type { Comparison } from './use-comparison';
import styles from './compare-screen.module.css';

export function ReadingControls({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const { metric, number, side, moment } = useCompare((s) => s.choice);
  const kinds = new Set(comparison.reading.kinds?.values());
  const choose = useCompare((s) => s.choose);
  const over = useCompare((s) => s.choice.over);
  const folds = hasFolds(useCompare((s) => s.runs));
  const at = typeof moment === 'number';
  const longest = Math.max(
    1,
    ...comparison.members.flatMap(({ group }) => group.runs.map(({ epochs }) => epochs.at(-1)?.epoch ?? 1)),
  );
  return (
    <div className={styles['reading']} role="group" aria-label={t('compare.reading')}>
      {kinds.has('classes') && (
        <Segments
          label={t('compare.metric')}
          value={metric}
          onChange={(next) => choose({ metric: next })}
          options={METRICS.map((value) => ({ value, label: metricName(t, value) }))}
        />
      )}
      {kinds.has('number') && (
        <Segments
          label={t('compare.metricOfNumbers')}
          value={number}
          onChange={(next) => choose({ number: next })}
          options={NUMBER_METRICS.map((value) => ({ value, label: metricName(t, value) }))}
        />
      )}
      <Segments
        label={t('side.label')}
        value={side}
        onChange={(next) => choose({ side: next })}
        options={[
          { value: 'validation', label: t('side.validation') },
          { value: 'train', label: t('side.train') },
        ]}
      />
      <Segments
        label={t('compare.moment')}
        value={at ? 'at' : moment}
        onChange={(next) => choose({ moment: next === 'at' ? longest : next })}
        options={(['best', 'last', 'at'] as const).map((value) => ({
          value,
          label: `${t('compare.moment')}: ${t(`compare.moments.${value}`)}`,
        }))}
      />
      {at && (
        <div className={styles['epochField']}>
          <NumberField
            label={t('compare.epochNumber')}
            value={moment}
            min={1}
            max={longest}
            step={1}
            integer
            onChange={(next) => choose({ moment: next })}
          />
        </div>
      )}
      <div className={styles['baseline']}>
        <SelectField
          label={t('compare.baseline')}
          value={comparison.baseline.group.key}
          onChange={(key) => choose({ baseline: key })}
          options={comparison.members.map(({ group, name }) => ({ value: group.key, label: name }))}
        />
      </div>
      {(folds || over === 'seeds-and-folds') && (
        <Segments
          label={t('compare.over.label')}
          value={over}
          // Recipes have other keys then.
          onChange={(next) => choose({ over: next, baseline: null, left: [], drawn: null })}
          options={OVER.map((value) => ({ value, label: t(`compare.over.${value}`) }))}
        />
      )}
      {over === 'seeds-and-folds' && <p className={styles['hint']}>{t('compare.over.note')}</p>}
      {moment === 'best' && <p className={styles['hint']}>{t('compare.bestNote')}</p>}
    </div>
  );
}
