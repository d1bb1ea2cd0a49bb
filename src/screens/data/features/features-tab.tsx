/** The features of the next run: settings, a preview that follows them, and what they cost. */
import { useMemo } from 'react';
import { applyScheme } from '../../../core/corpus/label-schemes';
import { summarise } from '../../../core/corpus/summary';
import { useDraft } from '../../../state/draft';
import { FeaturesPanel } from '../features-panel';
import type { TabProps } from '../tabs';
import { CachePanel } from './cache-panel';
import { FeatureCost } from './feature-cost';
import { FeaturePreviewPanel } from './feature-preview-panel';
import { FeatureSettings } from './feature-settings';
import styles from './features-tab.module.css';

export function FeaturesTab({ manifest }: TabProps) {
  const labelScheme = useDraft((s) => s.config.labelScheme);
  const summary = useMemo(() => summarise(manifest, labelScheme), [manifest, labelScheme]);
  const used = useMemo(() => {
    const ids = new Set(applyScheme(manifest, labelScheme).items.map(({ id }) => id));
    return manifest.utterances.filter(({ id }) => ids.has(id));
  }, [manifest, labelScheme]);
  return (
    <div className={styles['tab']}>
      <div className={styles['seen']}>
        <FeaturePreviewPanel manifest={manifest} used={used} />
        <FeatureCost used={used} rates={summary.rates} />
      </div>
      <div className={styles['set']}>
        <FeatureSettings rates={summary.rates} />
        <FeaturesPanel manifest={manifest} rates={summary.rates} />
        <CachePanel />
      </div>
    </div>
  );
}
