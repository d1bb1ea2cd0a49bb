/**
 * The autotuner's memory: which variant of each kernel is used on which adapter, how fast each was, whether
 * it was right; and forgetting it.
 */
import { Check, RotateCcw, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TuningRecord, VariantResult } from '../../core/bench/tuning';
import { useBench } from '../../state/machine/bench';
import { useSettings } from '../../state/settings';
import { useTuning } from '../../state/machine/tuning';
import { Button } from '../../ui/controls/button';
import { ErrorNote } from '../../ui/controls/error-note';
import { SwitchField } from '../../ui/controls/fields';
import { useFormat } from '../../ui/text/format';
import { Confirm } from '../../ui/controls/overlay';
import { Panel } from '../../ui/controls/panel';
import { ScrollBox } from '../../ui/controls/scroll-box';
import styles from './bench-screen.module.css';
import tableStyles from '../../ui/controls/table.module.css';

export function Tuning() {
  const { t } = useTranslation();
  const { entries, error, refresh, reset } = useTuning();
  const measuring = useBench((s) => s.status);
  const { autotune, setAutotune } = useSettings();
  const [asking, setAsking] = useState(false);
  // A measurement of this screen may have tuned kernels, too.
  useEffect(() => void refresh(), [refresh, measuring]);
  const adapters = [...new Set(entries?.map(({ adapter }) => adapter))];
  return (
    <Panel
      title={t('tuning.title')}
      note={t('tuning.note')}
      flush
      actions={
        adapters.length > 0 && (
          <Button icon={<RotateCcw />} disabled={measuring === 'running'} onClick={() => setAsking(true)}>
            {t('tuning.reset')}
          </Button>
        )
      }
    >
      <div className={styles['switch']}>
        <SwitchField
          label={t('tuning.on')}
          hint={t('tuning.onHint')}
          checked={autotune}
          onChange={setAutotune}
        />
      </div>
      {error && <ErrorNote error={error} />}
      {entries && adapters.length === 0 && <p className={styles['empty']}>{t('tuning.empty')}</p>}
      {adapters.map((adapter) => (
        <AdapterTable
          key={adapter}
          adapter={adapter}
          entries={entries?.filter((entry) => entry.adapter === adapter) ?? []}
        />
      ))}
      <Confirm
        open={asking}
        title={t('tuning.resetTitle')}
        text={t('tuning.resetText')}
        confirm={t('tuning.resetConfirm')}
        onConfirm={() => void reset()}
        onClose={() => setAsking(false)}
      />
    </Panel>
  );
}

function AdapterTable({
  adapter,
  entries,
}: {
  readonly adapter: string;
  readonly entries: readonly TuningRecord[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const title = t('tuning.caption', { adapter });
  const sorted = entries.toSorted(
    (a, b) => a.kernel.localeCompare(b.kernel) || a.shape.localeCompare(b.shape),
  );
  return (
    <ScrollBox className={`${tableStyles['box']} ${styles['tableBox'] ?? ''}`} title={title}>
      <table className={`${tableStyles['table']} ${styles['table'] ?? ''}`} data-dense>
        <caption className={styles['caption']}>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('tuning.kernel')}</th>
            <th scope="col">{t('tuning.shape')}</th>
            <th scope="col">{t('tuning.winner')}</th>
            <th scope="col">{t('tuning.variants')}</th>
            <th scope="col">{t('tuning.at')}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ kernel, shape, winner, variants, measuredAt }) => (
            <tr key={`${kernel} ${shape}`}>
              <th scope="row">
                <code>{kernel}</code>
              </th>
              <td>
                <code>{shape}</code>
              </td>
              <td>
                {winner === null ? (
                  t('tuning.shipped')
                ) : (
                  <b>
                    <code>{winner}</code>
                  </b>
                )}
              </td>
              <td>
                <ul className={styles['variants']}>
                  {variants.map((variant) => (
                    <Variant key={variant.name} variant={variant} used={variant.name === winner} />
                  ))}
                </ul>
              </td>
              <td>
                <span className={styles['small']}>{format.date(measuredAt)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function Variant({
  variant: { name, ms, verified },
  used,
}: {
  readonly variant: VariantResult;
  readonly used: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const verdict = t(ms === null ? 'tuning.failed' : verified ? 'tuning.verified' : 'tuning.wrong');
  return (
    <li data-used={used} data-verified={verified} title={verdict}>
      {verified ? <Check aria-hidden="true" /> : <X aria-hidden="true" />}
      <code>{name}</code> {format.significant(ms, 3)}
      <span className="visually-hidden"> ({verdict})</span>
    </li>
  );
}
