/**
 * Where more recipes are compared than can be told apart as curves: which are not drawn, and which are to be.
 */
import { useTranslation } from 'react-i18next';
import { useCompare } from '../../../state/runs/compare';
import { Button } from '../../../ui/controls/button';
import { MAX_SERIES } from '../../../ui/series';
import { SeriesKey } from './series-key';
import type { Comparison } from '../use-comparison';
import styles from '../compare-screen.module.css';

export function CurveChoice({ comparison: { compared, drawn } }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const chosen = useCompare((s) => s.choice.drawn);
  const choose = useCompare((s) => s.choose);
  if (chosen === null && compared.length <= MAX_SERIES) return null;
  const left = compared.filter((member) => !drawn.includes(member));
  const full = drawn.length >= MAX_SERIES;
  const keys = drawn.map(({ group }) => group.key);
  return (
    <>
      {left.length > 0 && (
        <p className={styles['hint']}>
          {t('compare.overlay.notDrawn', {
            count: left.length,
            names: left.map(({ style, name }) => `${style.letter} ${name}`).join(', '),
          })}
        </p>
      )}
      <details className={styles['curves']}>
        <summary>{t('compare.overlay.choose', { drawn: drawn.length, total: compared.length })}</summary>
        <fieldset>
          <legend>{t('compare.overlay.most', { max: MAX_SERIES })}</legend>
          {compared.map(({ group, style, name }) => {
            const on = keys.includes(group.key);
            return (
              <label key={group.key}>
                <input
                  type="checkbox"
                  checked={on}
                  disabled={!on && full}
                  aria-label={t('compare.overlay.draw', { letter: style.letter, name })}
                  onChange={(event) =>
                    choose({
                      drawn: event.target.checked
                        ? [...keys, group.key]
                        : keys.filter((key) => key !== group.key),
                    })
                  }
                />
                <SeriesKey style={style} />
                {name}
              </label>
            );
          })}
        </fieldset>
        {chosen !== null && (
          <Button onClick={() => choose({ drawn: null })}>
            {t('compare.overlay.firstOnes', { max: MAX_SERIES })}
          </Button>
        )}
      </details>
    </>
  );
}
