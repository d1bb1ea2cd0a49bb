/** Utterances that the label scheme leaves out, one by one: their label, what listeners chose, what is said. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { namedPath, valuesPath } from '../../core/compare/utterance-link';
import { applyScheme, schemeOf } from '../../core/corpus/label-schemes';
import { descriptionOf } from '../../core/corpus/adapters/registry';
import type { CorpusManifest, Utterance } from '../../core/corpus/types';
import { majorityOf, rankedVotes } from '../../core/corpus/votes';
import { toCsv } from '../../core/export/csv';
import { useDraft } from '../../state/draft';
import { Button } from '../../ui/controls/button';
import { Panel } from '../../ui/controls/panel';
import { ScrollBox } from '../../ui/controls/scroll-box';
import { download } from '../../ui/download';
import { useFormat } from '../../ui/text/format';
import styles from './data-screen.module.css';

/** More rows than this make a list slow and no clearer; the file has them all. */
const LISTED = 500;

export function LeftOutPanel({ manifest }: { readonly manifest: CorpusManifest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const wanted = useDraft((s) => s.config.labelScheme);
  const [open, setOpen] = useState(false);
  const { column } = schemeOf(descriptionOf(manifest), wanted);
  const outside = useMemo(() => {
    const used = new Set(applyScheme(manifest, wanted).items.map(({ utteranceIndex }) => utteranceIndex));
    return manifest.utterances.filter((_, index) => !used.has(index));
  }, [manifest, wanted]);
  if (outside.length === 0) return null;
  const votesOf = ({ votes }: Utterance): string => {
    const given = votes?.[column];
    if (!given) return '';
    const list = rankedVotes(given)
      .map(([value, count]) => `${value} ${count}`)
      .join(', ');
    return majorityOf(given) === null
      ? t('data.noMajority', { votes: list })
      : t('data.votes', { votes: list });
  };
  const labelOf = ({ labels }: Utterance): string => String(labels[column] ?? '');
  const save = (): void =>
    download(
      'left-out.csv',
      toCsv(
        ['utterance', 'label', 'votes', 'text'],
        outside.map((one) => [one.id, labelOf(one), votesOf(one), one.text ?? '']),
      ),
      'text/csv;charset=utf-8',
    );
  return (
    <Panel
      title={t('data.outside')}
      note={t('data.outsideNote', { count: outside.length, total: format.integer(outside.length) })}
      actions={
        <Button tone="quiet" onClick={save}>
          {t('common.csv')}
        </Button>
      }
    >
      <p>
        <Link to={valuesPath(column, [...new Set(outside.map(labelOf))])}>{t('utterances.list')}</Link>
      </p>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('data.outsideList')}</summary>
        {open && (
          <ScrollBox className={styles['examples']} title={t('data.outside')}>
            <ul>
              {outside.slice(0, LISTED).map((one) => (
                <li key={one.id}>
                  <Link to={namedPath([one.id])}>
                    <code>{one.id}</code>
                  </Link>{' '}
                  <code>{labelOf(one)}</code>{' '}
                  <span>{[votesOf(one), one.text ? `“${one.text}”` : ''].filter(Boolean).join(' · ')}</span>
                </li>
              ))}
              {outside.length > LISTED && <li>{t('data.moreInFile', { count: outside.length - LISTED })}</li>}
            </ul>
          </ScrollBox>
        )}
      </details>
    </Panel>
  );
}
