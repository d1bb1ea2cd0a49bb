/** What ought to be known of the corpus and its split before the first step. */
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { findingPath } from '../../core/compare/utterance-link';
import { preflightFile } from '../../core/preflight/file';
import type { Finding, Preflight } from '../../core/preflight/preflight';
import { keyTask } from '../../core/tasks/levels';
import { useDraft } from '../../state/draft';
import { useLookForAlike, usePreflight } from '../../state/corpus/preflight';
import { Button } from '../../ui/controls/button';
import { Panel } from '../../ui/controls/panel';
import { ScrollBox } from '../../ui/controls/scroll-box';
import { download } from '../../ui/download';
import { useCorpusWords } from '../../ui/text/corpus-words';
import { useFormat } from '../../ui/text/format';
import { say } from '../../ui/text/lookup';
import { taskName } from '../../ui/text/task-name';
import styles from './data-screen.module.css';

/** Names shown behind a remark; the file has more. */
const NAMED = 3;

export function PreflightPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const report = usePreflight();
  useLookForAlike();
  if (!report) return null;
  const { findings, outlooks, release, nearIdentical } = report;
  return (
    <Panel
      title={t('preflight.title')}
      note={t('preflight.note')}
      actions={
        <Button
          tone="quiet"
          onClick={() => download('preflight.json', preflightFile(report), 'application/json')}
        >
          {t('preflight.json')}
        </Button>
      }
    >
      {release && (
        <p>
          {t('preflight.release', {
            found: format.integer(release.found),
            full: format.integer(release.full),
          })}
        </p>
      )}
      {findings.length === 0 ? (
        <p>{t('preflight.nothing')}</p>
      ) : (
        <ul className={styles['warnings']} aria-label={t('preflight.findings')}>
          {findings.map((finding) => (
            <Remark key={`${finding.code}/${finding.column ?? ''}`} finding={finding} />
          ))}
        </ul>
      )}
      <p>
        {nearIdentical
          ? t('preflight.alikeKnown', { count: format.integer(nearIdentical.compared) })
          : t('preflight.alikeUnknown')}{' '}
        {nearIdentical?.pairs.length === 0 && t('preflight.alikeNone')}
      </p>
      <Outlooks outlooks={outlooks} />
    </Panel>
  );
}

function Remark({ finding }: { readonly finding: Finding }) {
  const { code, count, column = '', values, examples } = finding;
  const path = findingPath(finding);
  // Silence and clipping are warnings of the scan, and so all of them are found.
  const whole = count <= examples.length || code === 'silent' || code === 'clipped';
  const { t } = useTranslation();
  const format = useFormat();
  const words = useCorpusWords();
  const levels = keyTask(
    useDraft((s) => s.config.tasks),
    column,
  );
  const { group, reason, seconds, share, recordings, pairs } = values ?? {};
  const text = say(t, `preflight.finding.${code}`, code, {
    count: format.integer(count),
    column: levels === column ? words.column(column) : taskName(t, levels),
    group: words.column(String(group ?? '')),
    reason: say(t, `preflight.reason.${reason}`, ''),
    seconds: format.significant(Number(seconds ?? 0), 3),
    share: format.percent(Number(share ?? 0)),
    recordings: format.integer(Number(recordings ?? 0)),
    pairs: format.integer(Number(pairs ?? 0)),
  });
  return (
    <li>
      <TriangleAlert aria-hidden="true" />
      {text} {examples.length > 0 && t('preflight.examples', { names: examples.slice(0, NAMED).join(', ') })}{' '}
      {path !== null && (
        <Link to={path}>
          {whole ? t('utterances.list') : t('utterances.listFirst', { count: examples.length })}
        </Link>
      )}
    </li>
  );
}

/** Scores of a model that has learnt nothing, by column of classes. */
function Outlooks({ outlooks }: Pick<Preflight, 'outlooks'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const tasks = useDraft((s) => s.config.tasks);
  const share = (value: number): string => (Number.isNaN(value) ? '–' : format.percent(value));
  return (
    <>
      <ScrollBox className={styles['tableBox']} title={t('preflight.outlook')}>
        <table className={styles['table']}>
          <caption className="visually-hidden">{t('preflight.outlook')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('preflight.task')}</th>
              <th scope="col">{t('preflight.random')}</th>
              <th scope="col">{t('preflight.majority')}</th>
              <th scope="col">{t('preflight.majorityAccuracy')}</th>
              <th scope="col">{t('preflight.smallest')}</th>
              <th scope="col">{t('preflight.interval')}</th>
            </tr>
          </thead>
          <tbody>
            {outlooks.map(({ column, chance, smallest }) => (
              <tr key={column}>
                <th scope="row">{taskName(t, keyTask(tasks, column))}</th>
                <td>{share(chance.random.uar)}</td>
                <td>{share(chance.majority.uar)}</td>
                <td>{share(chance.majority.accuracy)}</td>
                <td>{share(smallest.accuracy)}</td>
                <td>{Number.isNaN(smallest.uar) ? '–' : `± ${share(smallest.uar)}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p>{t('preflight.outlookNote')}</p>
    </>
  );
}
