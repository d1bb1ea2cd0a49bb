/** How far the corpus' listeners agree, or why that cannot be computed. */
import { useTranslation } from 'react-i18next';
import type {
  Agreement,
  Coefficient,
  RatingAgreement,
  VoteAgreement,
} from '../../../core/corpus/statistics/agreement';
import { Panel } from '../../../ui/controls/panel';
import { ScrollBox } from '../../../ui/controls/scroll-box';
import { useCorpusWords } from '../../../ui/text/corpus-words';
import { useFormat } from '../../../ui/text/format';
import styles from './statistics.module.css';

export function AgreementPanel({ agreement: { votes, ratings } }: { readonly agreement: Agreement }) {
  const { t } = useTranslation();
  const nothing = votes.length + ratings.length === 0;
  return (
    <Panel title={t('statistics.agreement.title')} note={t('statistics.agreement.note')}>
      {nothing ? (
        <p>{t('statistics.agreement.none')}</p>
      ) : (
        <div className={styles['tables']}>
          {votes.map((one) => (
            <Votes key={one.column} of={one} />
          ))}
          {ratings.length > 0 && <Ratings of={ratings} />}
        </div>
      )}
    </Panel>
  );
}

/** A coefficient's cells: its value and how many utterances it is of, or why there is none. */
function Cells({ of, percent = false }: { readonly of: Coefficient; readonly percent?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if ('why' in of) return <td colSpan={2}>{t(`statistics.agreement.why.${of.why}`)}</td>;
  return (
    <>
      <td>{percent ? format.percent(of.value, 1) : format.fixed(of.value, 3)}</td>
      <td>{format.integer(of.utterances)}</td>
    </>
  );
}

function Votes({ of }: { readonly of: VoteAgreement }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useCorpusWords();
  const title = t('statistics.agreement.votes', { column: words.column(of.column) });
  const raters = of.raters
    .map(([count, utterances]) =>
      t('statistics.agreement.ratersItem', {
        raters: count,
        count: utterances,
        total: format.integer(utterances),
      }),
    )
    .join(', ');
  return (
    <>
      <section>
        <h3>{title}</h3>
        <ScrollBox className={styles['box']} title={title}>
          <table className={styles['table']}>
            <caption className="visually-hidden">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{t('statistics.agreement.quantity')}</th>
                <th scope="col">{t('statistics.agreement.value')}</th>
                <th scope="col">{t('statistics.agreement.utterances')}</th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">{t('statistics.agreement.majority')}</th>
                <td>{format.percent(of.majority / of.utterances, 1)}</td>
                <td>{format.integer(of.utterances)}</td>
              </tr>
              <tr>
                <th scope="row">{t('statistics.agreement.percent')}</th>
                <Cells of={of.percent} percent />
              </tr>
              <tr>
                <th scope="row">
                  {of.fleissRaters > 0
                    ? t('statistics.agreement.fleiss', { raters: of.fleissRaters })
                    : t('statistics.agreement.fleissPlain')}
                </th>
                <Cells of={of.fleiss} />
              </tr>
              <tr>
                <th scope="row">{t('statistics.agreement.alpha')}</th>
                <Cells of={of.alpha} />
              </tr>
            </tbody>
          </table>
        </ScrollBox>
        <p className={styles['told']}>
          {t('statistics.agreement.raters', { list: raters })}{' '}
          {of.several > 0 && t('statistics.agreement.several', { count: of.several })}
        </p>
      </section>
      <Classes of={of} />
    </>
  );
}

function Classes({ of }: { readonly of: VoteAgreement }) {
  const { t } = useTranslation();
  const format = useFormat();
  const title = t('statistics.agreement.classes');
  return (
    <section>
      <h3>{title}</h3>
      <ScrollBox className={styles['box']} title={title}>
        <table className={styles['table']}>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t('statistics.agreement.class')}</th>
              <th scope="col">{t('statistics.agreement.chosen')}</th>
              <th scope="col">{t('statistics.agreement.classAlpha')}</th>
              <th scope="col">{t('statistics.agreement.utterances')}</th>
            </tr>
          </thead>
          <tbody>
            {of.classes.map(({ value, votes, alpha }) => (
              <tr key={value}>
                <th scope="row">
                  <code>{value}</code>
                </th>
                <td>{format.integer(votes)}</td>
                <Cells of={alpha} />
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}

function Ratings({ of }: { readonly of: readonly RatingAgreement[] }) {
  const { t } = useTranslation();
  const words = useCorpusWords();
  const title = t('statistics.agreement.ratings');
  const names = ['exact', 'interval', 'ordinal'] as const;
  const coefficient = (one: RatingAgreement, name: (typeof names)[number]): Coefficient =>
    name === 'exact' ? one.percent : one[name];
  return (
    <section>
      <h3>{title}</h3>
      <ScrollBox className={styles['box']} title={title}>
        <table className={styles['table']}>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t('statistics.agreement.ratingColumn')}</th>
              <th scope="col" data-text>
                {t('statistics.agreement.quantity')}
              </th>
              <th scope="col">{t('statistics.agreement.value')}</th>
              <th scope="col">{t('statistics.agreement.utterances')}</th>
            </tr>
          </thead>
          <tbody>
            {of.flatMap((one) =>
              names.map((name) => (
                <tr key={`${one.column}/${name}`}>
                  <th scope="row">{words.column(one.column)}</th>
                  <td data-text>{t(`statistics.agreement.${name}`)}</td>
                  <Cells of={coefficient(one, name)} percent={name === 'exact'} />
                </tr>
              )),
            )}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}
