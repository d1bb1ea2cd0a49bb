/**
 * The configuration: of the next run, or, while one goes, of that run, locked but for what acts live.
 * Fields that depart from the preset are marked.
 */
import { FileDown, FileInput, Link2, RotateCcw, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { configFileText } from '../../../core/export/config-file';
import { toQuery } from '../../../core/config/link';
import { PRESETS, type PresetId } from '../../../core/config/presets';
import { parseRunConfig } from '../../../core/config/parse';
import { isSameWork } from '../../../core/training/sweep';
import { SOFTWARE_VERSION } from '../../../core/version';
import { useDraft } from '../../../state/draft';
import { useExchange } from '../../../state/runs/exchange';
import { useRun } from '../../../state/run/run';
import { Button, IconButton } from '../../../ui/controls/button';
import { useCopyLink } from '../../../ui/controls/copy-link';
import { download } from '../../../ui/download';
import { SelectField } from '../../../ui/controls/fields';
import { differsFrom } from './differs';
import { DifferenceList } from './difference-list';
import { StrategySwitch } from '../transport/strategy-switch';
import { GroupFields } from './group-fields';
import styles from './config-panel.module.css';

const PRESET_IDS = Object.keys(PRESETS) as PresetId[];

export function ConfigPanel() {
  const { t } = useTranslation();
  const { copy, byHand } = useCopyLink(t('config.shareByHand'));
  const draft = useDraft((s) => s.config);
  const preset = useDraft((s) => s.preset);
  const set = useDraft((s) => s.set);
  const setPreset = useDraft((s) => s.usePreset);
  const runConfig = useRun((s) => s.view?.config ?? null);
  const running = useRun((s) => s.view?.live === true);
  const live = useRun((s) => s.view?.live === true || s.starting !== null);
  const config = live && runConfig ? runConfig : draft;
  const base = parseRunConfig(PRESETS[preset]);
  const controls = { config, base, disabled: live, differs: differsFrom(base, config) };
  const departs = JSON.stringify({ ...draft, corpus: null }) !== JSON.stringify({ ...base, corpus: null });
  const differing = runConfig !== null && !live && !isSameWork(runConfig, draft);

  const share = (): void => {
    const query = toQuery(config, preset);
    void copy(`#/train${query ? `?${query}` : ''}`, config.origin ? t('link.ofFork') : t('link.carries'));
  };

  return (
    <form
      className={styles['panel']}
      onSubmit={(event) => event.preventDefault()}
      aria-label={t('config.title')}
    >
      <header className={styles['head']}>
        <h2>{t('config.title')}</h2>
        <IconButton
          label={t('config.reset', { preset: t(`preset.${preset}.name`) })}
          icon={<Undo2 />}
          disabled={live || !departs}
          onClick={() => setPreset(preset)}
        />
        <IconButton
          label={t('exchange.importConfig')}
          icon={<FileInput />}
          disabled={live}
          onClick={() => useExchange.getState().show(true)}
        />
        <IconButton
          label={t('exchange.saveConfig')}
          icon={<FileDown />}
          onClick={() =>
            download(
              `equipoise-${config.strategy.id}-seed${config.seed}.json`,
              configFileText(config, SOFTWARE_VERSION),
              'application/json',
            )
          }
        />
        <IconButton label={t('config.share')} icon={<Link2 />} onClick={share} />
      </header>
      {byHand}
      <DifferenceList base={base} config={config} />
      {live && <p className={styles['note']}>{t('config.locked')}</p>}
      {differing && (
        <div className={styles['note']}>
          <p>{t('config.otherRun')}</p>
          <Button icon={<RotateCcw />} onClick={() => set(runConfig)}>
            {t('config.takeOver')}
          </Button>
        </div>
      )}
      <fieldset className={styles['group']} disabled={live}>
        <legend>{t('config.groups.recipe')}</legend>
        <SelectField
          label={t('config.preset')}
          disabled={live}
          value={preset}
          onChange={setPreset}
          options={PRESET_IDS.map((value) => ({
            value,
            label: t(`preset.${value}.name`),
            note: t(`preset.${value}.note`),
          }))}
        />
        <GroupFields group="recipe" {...controls} />
      </fieldset>
      <fieldset className={styles['group']}>
        <legend>{t('config.groups.weighting')}</legend>
        <GroupFields group="weighting" {...controls} />
        {running && <StrategySwitch />}
      </fieldset>
      <fieldset className={styles['group']} disabled={live}>
        <legend>{t('config.groups.model')}</legend>
        <GroupFields group="model" {...controls} />
      </fieldset>
      <fieldset className={styles['group']} disabled={live}>
        <legend>{t('config.groups.training')}</legend>
        <GroupFields group="training" {...controls} />
      </fieldset>
    </form>
  );
}
