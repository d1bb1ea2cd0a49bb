/** The number of trainable parameters, live, for this corpus' heads; or why the model cannot be built. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { LABEL_SCHEMES } from '../../core/corpus/label-schemes';
import type { WireError } from '../../core/errors/errors';
import { toWire } from '../../core/errors/errors';
import { buildModel } from '../../core/model/architectures';
import { parameterCount } from '../../core/model/parameters';
import type { RunConfig } from '../../core/training/run-config';
import { useCorpus } from '../../state/corpus';
import { useErrorText } from '../../ui/errors';
import { useFormat } from '../../ui/format';
import styles from './config-panel.module.css';

/** As in IEMOCAP, until a corpus is open. */
const USUAL_SPEAKERS = 10;

export function ParameterCount({ config }: { readonly config: RunConfig }) {
  const { t } = useTranslation();
  const format = useFormat();
  const manifest = useCorpus((s) => s.manifest);
  const { architecture, width, inputSize, tasks, labelScheme } = config;
  const speakers = useMemo(() => (manifest ? new Set(manifest.utterances.map((u) => u.speaker)).size : USUAL_SPEAKERS), [manifest]);
  const result = useMemo((): { readonly count: number } | { readonly error: WireError } => {
    const classes = { emotion: LABEL_SCHEMES[labelScheme].classes.length, speaker: speakers, gender: 2 };
    try {
      return { count: parameterCount(buildModel({ architecture, width, inputSize, heads: tasks.map((task) => ({ task, classes: classes[task] })) })) };
    } catch (error) {
      return { error: toWire(error) };
    }
  }, [architecture, width, inputSize, tasks, labelScheme, speakers]);
  if ('error' in result) return <Refused error={result.error} />;
  return <p className={styles['count']}><span>{t('config.parameters')}</span><b data-testid="parameter-count">{format.integer(result.count)}</b></p>;
}

function Refused({ error }: { readonly error: WireError }) {
  const { message, hint } = useErrorText(error);
  return <p className={styles['bad']} role="alert">{message} {hint}</p>;
}
