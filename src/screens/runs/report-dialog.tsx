/** Which runs go into the report, in which language, and the file. */
import { FileText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DEFAULT_READING } from '../../core/compare/choice';
import { hasFolds } from '../../core/compare/groups';
import { suitablePair } from '../../core/compare/suitable-pair';
import { toWire } from '../../core/errors/errors';
import { MOST_RUNS } from '../../core/export/report/report';
import { gatherReport } from '../../state/runs/report';
import { LANGUAGES, type Language } from '../../state/settings';
import type { LibraryEntry } from '../../state/types';
import { Button } from '../../ui/controls/button';
import { Segments, SelectField } from '../../ui/controls/fields';
import { errorText } from '../../ui/text/errors';
import { useFormat } from '../../ui/text/format';
import { Modal } from '../../ui/controls/overlay';
import { saveReport } from '../../ui/report/file';
import { toast } from '../../ui/controls/toast';
import styles from './runs-screen.module.css';

const NAMES: Readonly<Record<Language, string>> = { en: 'English', ru: 'Русский' };

export function ReportButton({ entries }: { readonly entries: readonly LibraryEntry[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<FileText />} disabled={entries.length === 0} onClick={() => setOpen(true)}>
        {t('report.button')}
      </Button>
      <Modal title={t('report.dialog')} open={open} onOpenChange={setOpen}>
        {open && <Choice entries={entries} onDone={() => setOpen(false)} />}
      </Modal>
    </>
  );
}

function Choice({
  entries,
  onDone,
}: {
  readonly entries: readonly LibraryEntry[];
  readonly onDone: () => void;
}) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const begun = entries.filter(({ epochsDone }) => epochsDone > 0);
  const [chosen, setChosen] = useState<readonly string[]>(() =>
    begun.slice(0, MOST_RUNS).map(({ id }) => id),
  );
  const [language, setLanguage] = useState<Language>(i18n.language === 'ru' ? 'ru' : 'en');
  /** The user's own choice of two runs; null: two that suit. */
  const [wanted, setWanted] = useState<readonly [string, string] | null>(null);
  const [making, setMaking] = useState(false);
  const toggle = (id: string): void =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const runs = begun.filter(({ id }) => chosen.includes(id));
  const options = runs.map(({ id, name, config }) => ({
    value: id,
    label: t('report.option', { name, seed: config.seed }),
  }));
  const [first, second] =
    wanted && chosen.includes(wanted[0]) && (wanted[1] === '' || chosen.includes(wanted[1]))
      ? wanted
      : (suitablePair(runs) ?? [runs[0]?.id ?? '', '']);
  const save = async (): Promise<void> => {
    setMaking(true);
    try {
      saveReport(
        i18n,
        language,
        await gatherReport({
          ids: chosen,
          baseline: null,
          pair: second === '' ? null : [first, second],
          part: 'validation',
          over: hasFolds(runs) ? 'seeds-and-folds' : 'seeds',
          reading: DEFAULT_READING,
          page: `${location.origin}${location.pathname}`,
          demoName: i18n.getFixedT(language)('corpus.demo'),
        }),
      );
      onDone();
    } catch (error) {
      toast(`${t('report.failed')} ${errorText(i18n, toWire(error)).message}`);
    } finally {
      setMaking(false);
    }
  };
  if (begun.length === 0) return <p>{t('report.none')}</p>;
  return (
    <div className={styles['report']}>
      <p className={styles['note']}>{t('report.note')}</p>
      <fieldset className={styles['choice']}>
        <legend>{t('report.choose')}</legend>
        <div className={styles['chooseAll']}>
          <Button tone="quiet" onClick={() => setChosen(begun.slice(0, MOST_RUNS).map(({ id }) => id))}>
            {t('report.all')}
          </Button>
          <Button tone="quiet" onClick={() => setChosen([])}>
            {t('report.nothing')}
          </Button>
        </div>
        {begun.map(({ id, name, config, epochsDone, createdAt }) => (
          <label key={id} className={styles['option']}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              disabled={!chosen.includes(id) && chosen.length >= MOST_RUNS}
              onChange={() => toggle(id)}
            />
            <span>
              {name}
              <small>
                {t(`strategy.${config.strategy.id}.name`)} · {t('exchange.epochsRead', { count: epochsDone })}{' '}
                · {format.date(createdAt)}
              </small>
            </span>
          </label>
        ))}
        {begun.length > MOST_RUNS && (
          <p className={styles['small']}>{t('report.most', { count: MOST_RUNS })}</p>
        )}
      </fieldset>
      {runs.length > 1 && (
        <div className={styles['pair']}>
          <SelectField
            label={t('report.first')}
            value={first}
            options={options}
            onChange={(id) => setWanted([id, second === id ? '' : second])}
          />
          <SelectField
            label={t('report.second')}
            value={second}
            options={[
              { value: '', label: t('report.noPair') },
              ...options.filter(({ value }) => value !== first),
            ]}
            onChange={(id) => setWanted([first, id])}
          />
        </div>
      )}
      <div className={styles['reportFoot']}>
        <Segments
          label={t('report.language')}
          value={language}
          onChange={setLanguage}
          options={LANGUAGES.map((value) => ({ value, label: NAMES[value] }))}
        />
        <Button tone="primary" disabled={chosen.length === 0 || making} onClick={() => void save()}>
          {t('report.save')}
        </Button>
        {making && <span role="status">{t('report.making')}</span>}
      </div>
    </div>
  );
}
