/**
 * “Find a learning rate”: a range test of the configuration in a dialog, its picture while it goes, and the
 * value it suggests to take over. It is no run: nothing of it is stored.
 */
import { Search, Square } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunConfig } from '../../../core/config/run-config';
import { RANGES } from '../../../core/config/ranges';
import type { RateRange } from '../../../core/optim/range-test';
import { taskIds } from '../../../core/tasks/types';
import { useDraft } from '../../../state/draft';
import { useRangeTest } from '../../../state/run/range-test';
import { Button } from '../../../ui/controls/button';
import { ErrorNote } from '../../../ui/controls/error-note';
import { useFormat } from '../../../ui/text/format';
import { NumberField } from '../../../ui/options/number-field';
import { Modal } from '../../../ui/controls/overlay';
import { RangeChart } from './range-chart';
import styles from './range-test.module.css';

const STEPS = { min: 20, max: 1000 };

export function RangeTestButton({ config, disabled }: { config: RunConfig; disabled: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const cancel = useRangeTest((s) => s.cancel);
  return (
    <>
      <Button icon={<Search />} disabled={disabled} onClick={() => setOpen(true)}>
        {t('range.open')}
      </Button>
      <Modal
        title={t('range.title')}
        open={open}
        wide
        onOpenChange={(next) => {
          if (!next) cancel();
          setOpen(next);
        }}
      >
        <RangeTest config={config} onTaken={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function RangeTest({ config, onTaken }: { readonly config: RunConfig; readonly onTaken: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { status, config: tested, range, points, result, error, run, cancel } = useRangeTest();
  const [asked, ask] = useState<RateRange>(range);
  const set = useDraft((s) => s.set);
  const running = status === 'running';
  const use = (learningRate: number): void => {
    set({ optimizer: { ...config.optimizer, learningRate: Number(learningRate.toPrecision(2)) } });
    onTaken();
  };
  const told = ((): string => {
    if (running) return t('range.running', { done: points.length, total: range.steps });
    if (!result) return '';
    const ended = t(`range.ended.${result.ended}`, {
      rate: format.significant(result.points.at(-1)?.learningRate ?? range.from, 2),
    });
    return result.suggestion === null
      ? `${ended} ${t('range.noSuggestion')}`
      : `${ended} ${t('range.suggestion', { rate: format.significant(result.suggestion, 2) })}`;
  })();
  return (
    <div className={styles['body']}>
      <p>{t('range.explain')}</p>
      <div className={styles['fields']}>
        <NumberField
          label={t('range.from')}
          disabled={running}
          {...RANGES.learningRate}
          value={asked.from}
          onChange={(from) => ask({ ...asked, from })}
        />
        <NumberField
          label={t('range.to')}
          disabled={running}
          min={RANGES.learningRate.min}
          max={100}
          value={asked.to}
          onChange={(to) => ask({ ...asked, to })}
        />
        <NumberField
          label={t('range.steps')}
          disabled={running}
          {...STEPS}
          integer
          step={1}
          value={asked.steps}
          onChange={(steps) => ask({ ...asked, steps })}
        />
      </div>
      <div className={styles['actions']}>
        {running ? (
          <Button icon={<Square />} onClick={cancel}>
            {t('common.cancel')}
          </Button>
        ) : (
          <Button
            icon={<Search />}
            tone="primary"
            disabled={asked.from >= asked.to}
            onClick={() => void run(config, asked).catch(() => undefined)}
          >
            {t('range.start')}
          </Button>
        )}
        {result && result.suggestion !== null && (
          <Button onClick={() => use(result.suggestion!)}>
            {t('range.use', { rate: format.significant(result.suggestion, 2) })}
          </Button>
        )}
      </div>
      <p aria-live="polite">{told}</p>
      {error && <ErrorNote error={error} />}
      {tested && (
        <RangeChart
          tasks={taskIds(tested)}
          range={range}
          points={points}
          suggestion={result?.suggestion ?? null}
        />
      )}
    </div>
  );
}
