/**
 * Two or more corpora as one: those whose folders were opened before, and demo corpora by their seeds. Folded until
 * it is asked for; which label becomes which class is shown, and changed, on Data.
 */
import { Combine } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PartOrigin } from '../../core/corpus/joined/joined';
import { parseSeeds } from '../../core/training/sweep';
import { toWire, type WireError } from '../../core/errors/errors';
import { useCorpus } from '../../state/corpus/corpus';
import { Button } from '../../ui/controls/button';
import { ErrorNote } from '../../ui/controls/error-note';
import { TextField } from '../../ui/controls/fields';
import styles from './join-panel.module.css';

export interface JoinPanelProps {
  /** Of demo corpora. */
  readonly difficulty: number;
}

interface Demos {
  readonly seeds: readonly number[];
  readonly error: WireError | null;
}

function seedsIn(text: string): Demos {
  if (text.trim() === '') return { seeds: [], error: null };
  try {
    return { seeds: parseSeeds(text), error: null };
  } catch (error) {
    return { seeds: [], error: toWire(error) };
  }
}

export function JoinPanel({ difficulty }: JoinPanelProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const known = useCorpus((s) => s.folders);
  const folders = useMemo(() => known.filter(({ joined }) => !joined), [known]);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [text, setText] = useState('');
  const { seeds, error } = useMemo(() => seedsIn(text), [text]);
  const origins: readonly PartOrigin[] = [
    ...folders
      .filter(({ id }) => chosen.includes(id))
      .map(({ id, name }) => ({ kind: 'folder', id, name }) as const),
    ...seeds.map((seed) => ({ kind: 'demo', seed, difficulty }) as const),
  ];
  const join = (): void => {
    const name = origins
      .map((origin) => (origin.kind === 'demo' ? t('join.demo', { seed: origin.seed }) : origin.name))
      .join(' + ');
    void useCorpus.getState().join(name, origins);
    void navigate('/data');
  };
  return (
    <details className={styles['join']}>
      <summary>{t('join.title')}</summary>
      <p>{t('join.note')}</p>
      {folders.length > 0 && (
        <fieldset>
          <legend>{t('join.folders')}</legend>
          {folders.map(({ id, name }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={({ target: { checked } }) =>
                  setChosen(checked ? [...chosen, id] : chosen.filter((one) => one !== id))
                }
              />
              {name || id.slice(0, 12)}
            </label>
          ))}
        </fieldset>
      )}
      <TextField
        label={t('join.demos')}
        hint={t('join.demosHint')}
        maxLength={40}
        placeholder="1, 2"
        value={text}
        onChange={setText}
      />
      {error && <ErrorNote error={error} tone="warning" />}
      <div className={styles['foot']}>
        <Button icon={<Combine />} disabled={origins.length < 2} onClick={join}>
          {t('join.do')}
        </Button>
        <span role="status">{t('join.chosen', { count: origins.length })}</span>
      </div>
    </details>
  );
}
