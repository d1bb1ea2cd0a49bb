/** Every utterance of the corpus: found, sorted, heard; beside what a run made of it. */
import { Download, Link2, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usualColumns, type UtteranceColumn } from '../../../core/compare/utterance-columns';
import { listPath, MAX_QUERY } from '../../../core/compare/utterance-link';
import { isOf, useUtterances } from '../../../state/corpus/utterances';
import { useDraft } from '../../../state/draft';
import { Button } from '../../../ui/controls/button';
import { useCopyLink } from '../../../ui/controls/copy-link';
import { ErrorNote } from '../../../ui/controls/error-note';
import { TextField } from '../../../ui/controls/fields';
import { Panel } from '../../../ui/controls/panel';
import { download } from '../../../ui/download';
import { useFormat } from '../../../ui/text/format';
import type { TabProps } from '../tabs';
import { ColumnChoice } from './column-choice';
import { Grid } from './grid';
import { Player } from './player';
import { RunChoice } from './run-choice';
import { RunNote } from './run-note';
import styles from './utterances.module.css';

export function Utterances({ manifest }: TabProps) {
  const { t, i18n } = useTranslation();
  const config = useDraft((s) => s.config);
  const { listing, busy, error, problems, choice, choose, list, dismissProblems } = useUtterances();
  const { labelScheme, exclude, tasks, split, seed } = config;
  const { query, sort, run } = choice;
  const { language } = i18n;
  useEffect(
    () => void list(manifest, { labelScheme, exclude, tasks, split, seed }, language),
    [list, manifest, labelScheme, exclude, tasks, split, seed, language, query, sort, run],
  );
  const [chosen, setChosen] = useState<{ readonly row: number; readonly play: number } | null>(null);
  const plays = useRef(0);
  const shown = useMemo(() => shownOf(listing?.columns ?? [], choice), [listing, choice]);
  const total = manifest.utterances.length;
  const made = useUtterances((s) => s.run);
  if (run && made !== null && made !== 'missing' && !isOf(made.record, manifest))
    return <RunNote manifest={manifest} />;
  return (
    <>
      {error && <ErrorNote error={error} />}
      {problems.map((problem) => (
        <ErrorNote key={problem.message} error={problem} tone="warning" onDismiss={dismissProblems} />
      ))}
      <RunNote manifest={manifest} />
      <div className={styles['listAndPlayer']}>
        <Panel title={t('utterances.title')} flush actions={<Actions shown={shown} />}>
          <div className={styles['bar']}>
            <TextField
              label={t('utterances.search')}
              hint={t('utterances.searchHint')}
              placeholder={t('utterances.example')}
              value={query}
              maxLength={MAX_QUERY}
              onChange={(next) => choose({ query: next })}
            />
            <RunChoice manifest={manifest} />
          </div>
          <Problems />
          <div className={styles['status']}>
            <p role="status" data-busy={busy}>
              {listing ? <Counted count={listing.rows.length} total={total} /> : t('common.loading')}
            </p>
            {query !== '' && (
              <Button tone="quiet" icon={<X />} onClick={() => choose({ query: '' })}>
                {t('utterances.clear')}
              </Button>
            )}
          </div>
          {listing && (
            <Grid
              title={t('utterances.title')}
              columns={shown}
              rows={listing.rows}
              busy={busy}
              sort={sort}
              chosen={chosen?.row ?? null}
              onChoose={(row, play) => setChosen({ row, play: play ? (plays.current += 1) : 0 })}
            />
          )}
        </Panel>
        <div className={styles['beside']}>
          <Player
            manifest={manifest}
            utterance={chosen ? (manifest.utterances[chosen.row] ?? null) : null}
            play={chosen?.play ?? 0}
          />
        </div>
      </div>
    </>
  );
}

/** The columns that are chosen, in their own order; those that this list has not, it does not show. */
function shownOf(
  columns: readonly UtteranceColumn[],
  { columns: chosen, task }: { readonly columns: readonly string[] | null; readonly task: string | null },
): readonly UtteranceColumn[] {
  const ids = chosen ?? usualColumns(columns, task === null ? [] : [task]);
  const found = columns.filter(({ id }) => ids.includes(id));
  return found.length > 0 ? found : columns.slice(0, 1);
}

function Counted({ count, total }: { readonly count: number; readonly total: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return t('utterances.counted', {
    count: total,
    shown: format.integer(count),
    total: format.integer(total),
  });
}

/** What of the query does nothing. */
function Problems() {
  const { t } = useTranslation();
  const listing = useUtterances((s) => s.listing);
  if (!listing || listing.problems.length === 0) return null;
  return (
    <ul className={styles['problems']} role="alert">
      {listing.problems.map((problem) =>
        problem.code === 'unknown-column' ? (
          <li key={problem.column}>{t('utterances.noColumn', { column: problem.column })}</li>
        ) : (
          <li key={problem.column + problem.value}>
            {t('utterances.noRange', { column: problem.column, value: problem.value })}
          </li>
        ),
      )}
    </ul>
  );
}

function Actions({ shown }: { readonly shown: readonly UtteranceColumn[] }) {
  const { t } = useTranslation();
  const { listing, choice, file } = useUtterances();
  const { copy, byHand } = useCopyLink(t('utterances.link'));
  if (!listing) return null;
  const save = (): void => {
    void file(shown).then((blob) => {
      if (blob) download('utterances.csv', blob);
    });
  };
  return (
    <>
      <ColumnChoice columns={listing.columns} shown={shown.map(({ id }) => id)} />
      <Button icon={<Download />} onClick={save}>
        {t('common.csv')}
      </Button>
      <Button icon={<Link2 />} onClick={() => void copy(`#${listPath(choice)}`)}>
        {t('utterances.link')}
      </Button>
      {byHand}
    </>
  );
}
