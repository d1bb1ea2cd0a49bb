/** Which runs go into the report, in which language, and the file. */
import { FileText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { comparisonReport, MOST_RUNS } from '../../core/export/report/report';
import { SOFTWARE_VERSION } from '../../core/version';
import { reportRuns, reportStatistics } from '../../state/report';
import { LANGUAGES, type Language } from '../../state/settings';
import type { LibraryEntry } from '../../state/types';
import { Button } from '../../ui/button';
import { download } from '../../ui/download';
import { Segments } from '../../ui/fields';
import { useFormat } from '../../ui/format';
import { Modal } from '../../ui/overlay';
import { toast } from '../../ui/toast';
import { statisticsTable } from './report-statistics';
import { reportWords } from './report-words';
import styles from './runs-screen.module.css';

const NAMES: Readonly<Record<Language, string>> = { en: 'English', ru: 'Русский' };

export function ReportButton({ entries }: { readonly entries: readonly LibraryEntry[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<FileText />} disabled={entries.length === 0} onClick={() => setOpen(true)}>{t('report.button')}</Button>
      <Modal title={t('report.dialog')} open={open} onOpenChange={setOpen}>{open && <Choice entries={entries} onDone={() => setOpen(false)} />}</Modal>
    </>
  );
}

function Choice({ entries, onDone }: { readonly entries: readonly LibraryEntry[]; readonly onDone: () => void }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const begun = entries.filter(({ epochsDone }) => epochsDone > 0);
  const [chosen, setChosen] = useState<readonly string[]>(() => begun.slice(0, MOST_RUNS).map(({ id }) => id));
  const [language, setLanguage] = useState<Language>(i18n.language === 'ru' ? 'ru' : 'en');
  const toggle = (id: string): void => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const save = async (): Promise<void> => {
    try {
      const now = Date.now();
      const ordered = begun.map(({ id }) => id).filter((id) => chosen.includes(id));
      const runs = await reportRuns(ordered, `${location.origin}${location.pathname}`, i18n.getFixedT(language)('corpus.demo'));
      const statistics = await reportStatistics(runs);
      const text = comparisonReport({ runs, words: reportWords(i18n, language, runs.length, now), softwareVersion: SOFTWARE_VERSION, statistics: statistics && statisticsTable(i18n, language, statistics) });
      download(`equipoise-report-${new Date(now).toISOString().slice(0, 10)}.html`, text, 'text/html;charset=utf-8');
      onDone();
    } catch {
      toast(t('report.failed'));
    }
  };
  if (begun.length === 0) return <p>{t('report.none')}</p>;
  return (
    <div className={styles['report']}>
      <p className={styles['note']}>{t('report.note')}</p>
      <fieldset className={styles['choice']}>
        <legend>{t('report.choose')}</legend>
        <div className={styles['chooseAll']}>
          <Button tone="quiet" onClick={() => setChosen(begun.slice(0, MOST_RUNS).map(({ id }) => id))}>{t('report.all')}</Button>
          <Button tone="quiet" onClick={() => setChosen([])}>{t('report.nothing')}</Button>
        </div>
        {begun.map(({ id, name, config, epochsDone, createdAt }) => (
          <label key={id} className={styles['option']}>
            <input type="checkbox" checked={chosen.includes(id)} disabled={!chosen.includes(id) && chosen.length >= MOST_RUNS} onChange={() => toggle(id)} />
            <span>{name}<small>{t(`strategy.${config.strategy.id}.name`)} · {t('exchange.epochsRead', { count: epochsDone })} · {format.date(createdAt)}</small></span>
          </label>
        ))}
        {begun.length > MOST_RUNS && <p className={styles['small']}>{t('report.most', { count: MOST_RUNS })}</p>}
      </fieldset>
      <div className={styles['reportFoot']}>
        <Segments label={t('report.language')} value={language} onChange={setLanguage} options={LANGUAGES.map((value) => ({ value, label: NAMES[value] }))} />
        <Button tone="primary" disabled={chosen.length === 0} onClick={() => void save()}>{t('report.save')}</Button>
      </div>
    </div>
  );
}
