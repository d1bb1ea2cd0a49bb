/** Everything that was skipped or kept with a reservation, grouped by reason; nothing is lost silently. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { filePath, namedPath, warningPath } from '../../core/compare/utterance-link';
import { groupProblems, type ProblemGroup } from '../../core/corpus/summary';
import type { CorpusManifest } from '../../core/corpus/types';
import type { Problem } from '../../core/errors/problem';
import { Button } from '../../ui/controls/button';
import { problemsCsv, problemsJson } from '../../core/export/problem-files';
import { download } from '../../ui/download';
import { codeHeading } from '../../ui/text/errors';
import { lookup } from '../../ui/text/lookup';
import { useFormat } from '../../ui/text/format';
import { Panel } from '../../ui/controls/panel';
import { ScrollBox } from '../../ui/controls/scroll-box';
import styles from './data-screen.module.css';

/** More rows than this make a list slow and no clearer; the file has them all. */
const LISTED = 500;
/** Of these the entry's own clause says more than the heading of its group. */
const SPECIFIC = new Set(['bad-format', 'unsupported-coding', 'not-riff', 'not-wave', 'text-file']);

export function ProblemsPanel({
  problems,
  manifest,
}: {
  readonly problems: readonly Problem[];
  /** Whose problems they are; absent of a corpus that could not be read: its recordings cannot be listed. */
  readonly manifest?: CorpusManifest;
}) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  /** What a group is and what to do about it: of unreadable audio, in the words of the error. */
  const said = ({ code, reason, found }: ProblemGroup): { readonly title: string; readonly why: string } => {
    const name = t(`problem.${code}.name`);
    const why = t(`problem.${code}.why`);
    if (reason === undefined) return { title: name, why };
    const { message, hint } = codeHeading(i18n, reason, { message: name, hint: why });
    const sentence = message.replace(/\.$/, '');
    return { title: found === undefined ? sentence : `${sentence}: ${found}`, why: hint };
  };
  // Two problems may be alike to the letter, so each row is numbered.
  const groups = useMemo(
    () =>
      groupProblems(problems, LISTED).map((group) => ({
        ...group,
        key: [group.code, group.reason, group.found].join(' '),
        rows: group.examples.map((problem, i) => ({ ...problem, key: `${i}` })),
      })),
    [problems],
  );
  const listed = useMemo(() => {
    const names = manifest?.utterances.map(({ id }) => id) ?? [];
    return { names: new Set(names), files: new Set(manifest?.utterances.map(({ path }) => path)) };
  }, [manifest]);
  /** The utterances that are kept in spite of it. */
  const pathOf = ({ where, kept: still }: Problem): string | null => {
    if (!still) return null;
    return listed.names.has(where) ? namedPath([where]) : listed.files.has(where) ? filePath(where) : null;
  };
  const clause = ({ said: told, reason, detail }: Problem): string =>
    told
      ? lookup(i18n, `detail.${told.key}`, told.values ?? {}, detail ?? '')
      : reason === undefined || SPECIFIC.has(reason)
        ? (detail ?? '')
        : '';
  const kept = problems.filter((problem) => problem.kept).length;
  const hintOf = (problem: Pick<Problem, 'code' | 'reason'>): string =>
    said({ ...problem, count: 0, kept: 0, examples: [] }).why;
  const save = (): void => download('problems.csv', problemsCsv(problems, hintOf), 'text/csv;charset=utf-8');
  const saveJson = (): void => download('problems.json', problemsJson(problems, hintOf), 'application/json');
  return (
    <Panel
      title={t('data.problems')}
      note={
        problems.length === 0
          ? t('data.noProblems')
          : `${t('data.skippedCount', { count: problems.length - kept })} ${kept > 0 ? t('data.keptCount', { count: kept }) : ''}`
      }
      actions={
        problems.length > 0 && (
          <>
            <Button tone="quiet" onClick={save}>
              {t('common.csv')}
            </Button>
            <Button tone="quiet" onClick={saveJson}>
              {t('data.problemsJson')}
            </Button>
          </>
        )
      }
    >
      <ul className={styles['problems']}>
        {groups.map((group) => (
          <li key={group.key}>
            <Group
              code={group.code}
              count={group.count}
              kept={group.kept}
              {...said(group)}
              total={format.integer(group.count)}
              path={group.rows.some((row) => pathOf(row) !== null) ? warningPath(group.code) : null}
            >
              {group.rows.map((problem) => (
                <li key={problem.key}>
                  <Where problem={problem} path={pathOf(problem)} /> <span>{clause(problem)}</span>
                </li>
              ))}
              {group.count > LISTED && <li>{t('data.moreInFile', { count: group.count - LISTED })}</li>}
            </Group>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Where({ problem: { where }, path }: { readonly problem: Problem; readonly path: string | null }) {
  const name = <code>{where}</code>;
  return path === null ? name : <Link to={path}>{name}</Link>;
}

interface GroupProps {
  readonly code: string;
  readonly count: number;
  readonly kept: number;
  readonly title: string;
  readonly why: string;
  readonly total: string;
  /** The list of its utterances. */
  readonly path: string | null;
  readonly children: React.ReactNode;
}

/** Its list is only made when it is opened. */
function Group({ code, count, kept, title, why, total, path, children }: GroupProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)} data-code={code}>
      <summary>
        <span className={styles['problemTitle']}>{title}</span>
        <span className={styles['problemKept']}>{kept === count ? t('data.kept') : t('data.skipped')}</span>
        <span className={styles['problemCount']}>{total}</span>
      </summary>
      <p className={styles['why']}>
        {why} {path !== null && <Link to={path}>{t('utterances.list')}</Link>}
      </p>
      {open && (
        <ScrollBox className={styles['examples']} title={title}>
          <ul>{children}</ul>
        </ScrollBox>
      )}
    </details>
  );
}
