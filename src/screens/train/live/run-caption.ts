/** The run on screen in one line, for the captions of saved pictures. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useRun } from '../../../state/run/run';
import { useFormat } from '../../../ui/text/format';

export function useRunCaption(): () => string {
  const { t } = useTranslation();
  const format = useFormat();
  return useCallback(() => {
    const { view } = useRun.getState();
    if (!view) return '';
    const { config, name, lastStep, backend } = view;
    return t('chart.caption', {
      name,
      strategy: t(`strategy.${config.strategy.id}.name`),
      seed: config.seed,
      corpus: config.corpus.kind === 'demo' ? t('corpus.demo') : config.corpus.name,
      architecture: t(`architecture.${config.architecture}.name`),
      size: config.inputSize,
      width: format.significant(config.width),
      step: format.integer(lastStep?.step ?? 0),
      backend: backend ? t(`backend.short.${backend.id as 'wasm'}`) : '–',
    });
  }, [t, format]);
}
