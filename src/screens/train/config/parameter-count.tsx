/** The number of trainable parameters, live, for this corpus' heads; or why the model cannot be built. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WireError } from '../../../core/errors/errors';
import { toWire } from '../../../core/errors/errors';
import { buildModel } from '../../../core/model/architectures';
import { parameterCount } from '../../../core/model/parameters';
import { modelChoice } from '../../../core/config/model-choice';
import type { RunConfig } from '../../../core/config/run-config';
import { useCorpus } from '../../../state/corpus/corpus';
import { useErrorText } from '../../../ui/text/errors';
import { useFormat } from '../../../ui/text/format';
import styles from './config-panel.module.css';

export function ParameterCount({ config }: { readonly config: RunConfig }) {
  const { t } = useTranslation();
  const format = useFormat();
  const manifest = useCorpus((s) => s.manifest);
  const result = useMemo((): { readonly count: number } | { readonly error: WireError } => {
    try {
      return { count: parameterCount(buildModel(modelChoice(config, manifest))) };
    } catch (error) {
      return { error: toWire(error) };
    }
  }, [config, manifest]);
  if ('error' in result) return <Refused error={result.error} />;
  return (
    <p className={styles['count']}>
      <span>{t('config.parameters')}</span>
      <b data-testid="parameter-count">{format.integer(result.count)}</b>
    </p>
  );
}

function Refused({ error }: { readonly error: WireError }) {
  const { message, hint } = useErrorText(error);
  return (
    <p className={styles['bad']} role="alert">
      {message} {hint}
    </p>
  );
}
