/** What was found, what was left out and why, how it is split, and its features. */
import { useMemo } from 'react';
import { adapterOf } from '../../core/corpus/adapters/registry';
import { summarise } from '../../core/corpus/summary';
import { useCorpus } from '../../state/corpus/corpus';
import { useDraft } from '../../state/draft';
import { AdapterPanel } from './adapter-panel';
import { AugmentPanel } from './augment-panel';
import { CompletenessPanel } from './completeness-panel';
import { CountsTable } from './counts-table';
import { FeaturesPanel } from './features-panel';
import { JoinedPanel } from './joined/joined-panel';
import { LabelsPanel } from './labels-panel';
import { LeftOutPanel } from './left-out-panel';
import { PreflightPanel } from './preflight-panel';
import { ProblemsPanel } from './problems-panel';
import { SplitPanel } from './split-panel';
import { TableEditor } from './table-editor';
import type { TabProps } from './tabs';
import styles from './data-screen.module.css';

export function Overview({ manifest }: TabProps) {
  const demo = useCorpus((s) => s.choice?.kind === 'demo');
  const { labelScheme, exclude } = useDraft((s) => s.config);
  const summary = useMemo(
    () => summarise(manifest, { labelScheme, exclude }),
    [manifest, labelScheme, exclude],
  );
  const { release } = adapterOf(manifest);
  return (
    <>
      {manifest.table && <TableEditor key={manifest.table.key} table={manifest.table} />}
      {manifest.joined && (
        <JoinedPanel key={manifest.fingerprint} joined={manifest.joined} manifest={manifest} />
      )}
      <div className={styles['columns']}>
        <div className={styles['column']}>
          {!demo && !manifest.joined && <AdapterPanel manifest={manifest} />}
          <LabelsPanel manifest={manifest} summary={summary} />
          <CountsTable summary={summary} />
          <LeftOutPanel manifest={manifest} />
          {!demo && manifest.found && release && (
            <CompletenessPanel found={manifest.found} release={release} />
          )}
          <ProblemsPanel problems={manifest.problems} manifest={manifest} />
          <PreflightPanel />
        </div>
        <div className={styles['column']}>
          <FeaturesPanel manifest={manifest} rates={summary.rates} />
          <AugmentPanel manifest={manifest} />
          <SplitPanel manifest={manifest} />
        </div>
      </div>
    </>
  );
}
