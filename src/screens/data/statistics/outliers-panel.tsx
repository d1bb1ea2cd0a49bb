/** Utterances unlike the others or with a fault, by kind and with the reason; one click excludes one or all. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { StatisticsLinks } from '../../../core/compare/statistics-link';
import { MOST_EXCLUDED } from '../../../core/corpus/exclusion';
import { FAR, type Outlier, type OutlierGroup } from '../../../core/corpus/statistics/outliers';
import type { LevelsKnown } from '../../../core/protocol/contracts/stats';
import { exclude } from '../../../state/corpus/exclusion';
import { useDraft } from '../../../state/draft';
import { Button } from '../../../ui/controls/button';
import { Panel } from '../../../ui/controls/panel';
import { useCorpusWords } from '../../../ui/text/corpus-words';
import { useFormat } from '../../../ui/text/format';
import { say } from '../../../ui/text/lookup';
import styles from './statistics.module.css';

/** More rows than these make a list slow and no clearer. */
const LISTED = 200;

export interface OutliersPanelProps {
  readonly groups: readonly OutlierGroup[];
  readonly levels: LevelsKnown;
  readonly links: StatisticsLinks;
}

export function OutliersPanel({ groups, levels, links }: OutliersPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t('statistics.outliers.title')} note={t('statistics.outliers.note')}>
      {groups.length === 0 && <p>{t('statistics.outliers.none', { far: format.significant(FAR, 3) })}</p>}
      {groups.map((group) => (
        <Group key={`${group.kind}/${group.column ?? ''}`} group={group} links={links} />
      ))}
      {levels.features !== 'some' && (
        <p className={styles['told']}>{t(`statistics.histogram.levels.${levels.features}`)}</p>
      )}
    </Panel>
  );
}

function Group({ group, links }: { readonly group: OutlierGroup; readonly links: StatisticsLinks }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useCorpusWords();
  const [open, setOpen] = useState(false);
  const room = MOST_EXCLUDED - (useDraft((s) => s.config.exclude)?.length ?? 0);
  const { kind, outliers, column = '', range, median = Number.NaN } = group;
  const path = links.named(outliers.map(({ id }) => id));
  const number = (value: number | undefined): string => format.significant(value, 3);
  const name = t(`statistics.outliers.kind.${kind}`, { column: words.column(column) });
  const rule = t(`statistics.outliers.rule.${kind}`, {
    far: number(FAR),
    median: number(median),
    least: number(range?.[0]),
    most: number(range?.[1]),
  });
  const reason = ({ value, z, like = '' }: Outlier): string =>
    say(t, `statistics.outliers.reason.${kind}`, '', { like, value: number(value), z: number(z) });
  return (
    <section className={styles['group']} aria-label={name}>
      <div className={styles['groupHead']}>
        <div>
          <h3>{name}</h3>
          <p className={styles['told']}>
            {t('statistics.outliers.count', {
              count: outliers.length,
              total: format.integer(outliers.length),
            })}
            . {rule} {path !== null && <Link to={path}>{t('statistics.outliers.show')}</Link>}
          </p>
        </div>
        <Button
          tone="quiet"
          disabled={outliers.length > room}
          onClick={() => exclude(outliers.map(({ id }) => id))}
          aria-label={t('statistics.outliers.excludeAllOf', { kind: name })}
        >
          {t('statistics.outliers.excludeAll')}
        </Button>
      </div>
      {outliers.length > room && (
        <p className={styles['told']}>
          {t('statistics.outliers.tooMany', { limit: format.integer(MOST_EXCLUDED) })}
        </p>
      )}
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('statistics.outliers.list')}</summary>
        {open && (
          <ul className={styles['list']}>
            {outliers.slice(0, LISTED).map((one) => (
              <li key={one.id}>
                <span>
                  <OneLink path={links.named([one.id])} id={one.id} /> {reason(one)}
                </span>
                <Button
                  tone="quiet"
                  onClick={() => exclude([one.id])}
                  aria-label={t('statistics.outliers.excludeOne', { id: one.id })}
                >
                  {t('statistics.outliers.exclude')}
                </Button>
              </li>
            ))}
            {outliers.length > LISTED && (
              <li>{t('statistics.outliers.more', { count: outliers.length - LISTED })}</li>
            )}
          </ul>
        )}
      </details>
    </section>
  );
}

function OneLink({ path, id }: { readonly path: string | null; readonly id: string }) {
  const code = <code>{id}</code>;
  return path === null ? code : <Link to={path}>{code}</Link>;
}
