/**
 * The first screen: one sentence, one big button, one's own folder, what was begun before - and the idea
 * itself, to play with.
 */
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { demoRecipe, PRESETS } from '../../core/config/presets';
import type { RunConfig } from '../../core/config/run-config';
import { parseRunConfig } from '../../core/config/parse';
import { useDraft } from '../../state/draft';
import { useRun } from '../../state/run/run';
import { Button } from '../../ui/controls/button';
import { SliderField } from '../../ui/controls/fields';
import { useFormat } from '../../ui/text/format';
import { toast } from '../../ui/controls/toast';
import { FolderPanel } from './folder-panel';
import { RecentRuns } from './recent-runs';
import { WeightBalance } from './weight-balance';
import styles from './start-screen.module.css';

/**
 * Nothing was set, or an earlier demo's settings were left as they are: then this one's may as well stand
 * where they will be changed next.
 */
const untouched = ({ corpus, ...config }: RunConfig, recipe: RunConfig): boolean =>
  corpus.kind === 'demo' &&
  [parseRunConfig(PRESETS.compact), recipe].some((known) =>
    sameConfig({ ...known, ...config, corpus }, { ...known, corpus }),
  );
const sameConfig = (a: RunConfig, b: RunConfig): boolean => JSON.stringify(a) === JSON.stringify(b);

export function StartScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const live = useRun((s) => s.trained?.live === true || s.starting !== null);
  const [difficulty, setDifficulty] = useState(0.5);

  const tryDemo = (): void => {
    const recipe = parseRunConfig(demoRecipe(difficulty));
    const { config, set } = useDraft.getState();
    if (untouched(config, recipe)) set(recipe);
    else toast(t('start.demoOwn'));
    void navigate('/train');
    void useRun.getState().start(recipe);
  };

  return (
    <div className={styles['screen']}>
      <div className={styles['left']}>
        <h1 className={styles['sentence']}>{t('start.sentence')}</h1>
        <section className={styles['demo']} aria-label={t('start.demo')}>
          {live ? (
            <>
              <p className={styles['live']}>{t('start.live')}</p>
              <Link to="/train" className={styles['toRun']}>
                {t('start.toRun')}
              </Link>
            </>
          ) : (
            <Button tone="primary" large icon={<FlaskConical />} onClick={tryDemo} className={styles['big']}>
              {t('start.demo')}
            </Button>
          )}
          <p className={styles['synthetic']}>
            {t('start.synthetic')} {t('start.demoSettings')}
          </p>
          <div className={styles['difficulty']}>
            <SliderField
              label={t('start.difficulty')}
              min={0}
              max={1}
              step={0.05}
              value={difficulty}
              onChange={setDifficulty}
              display={format.percent(difficulty)}
              ends={[t('start.easy'), t('start.hard')]}
            />
          </div>
        </section>
        <FolderPanel difficulty={difficulty} />
        <RecentRuns />
      </div>
      <div className={styles['right']}>
        <WeightBalance />
      </div>
    </div>
  );
}
