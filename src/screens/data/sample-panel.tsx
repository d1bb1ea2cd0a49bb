/** How much of a large corpus is read: asked before it is, and told for as long as a part of it is open. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SampleChoice, SampleNote as Note } from '../../core/corpus/sample';
import { useCorpus } from '../../state/corpus/corpus';
import { Button } from '../../ui/controls/button';
import { SelectField } from '../../ui/controls/fields';
import { Panel } from '../../ui/controls/panel';
import { NumberField } from '../../ui/options/number-field';
import { useFormat } from '../../ui/text/format';
import styles from './data-screen.module.css';

const KINDS = ['proportional', 'first', 'all'] as const;
/** About as many as IEMOCAP has: what this workbench handles with ease. */
const USUAL = 10_000;
const MOST_SEEDS = 2 ** 32 - 1;

/** Asks, where a folder with more utterances than are read unasked was opened. */
export function SamplePanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const large = useCorpus((s) => s.large);
  const [kind, setKind] = useState<SampleChoice['kind']>('proportional');
  const [count, setCount] = useState(USUAL);
  const [seed, setSeed] = useState(1);
  if (!large) return null;
  const { name, utterances, read } = large;
  const choice: SampleChoice =
    kind === 'all' ? { kind } : kind === 'first' ? { kind, count } : { kind, count, seed };
  return (
    <Panel
      title={t('data.sample.title', { name })}
      note={t('data.sample.note', { count: utterances, total: format.integer(utterances) })}
    >
      <div className={styles['choice']}>
        <SelectField
          label={t('data.sample.kind')}
          value={kind}
          onChange={setKind}
          options={KINDS.map((value) => ({
            value,
            label: t(`data.sample.${value}`),
            note: t(`data.sample.${value}Note`),
          }))}
        />
        {kind !== 'all' && (
          <NumberField
            label={t('data.sample.count')}
            value={count}
            min={1}
            max={utterances}
            step={1000}
            integer
            onChange={setCount}
          />
        )}
        {kind === 'proportional' && (
          <NumberField
            label={t('data.sample.seed')}
            value={seed}
            min={0}
            max={MOST_SEEDS}
            step={1}
            integer
            onChange={setSeed}
          />
        )}
        <Button tone="primary" onClick={() => void read(choice)}>
          {t('data.sample.read')}
        </Button>
      </div>
    </Panel>
  );
}

/** Says that a part of the corpus is open, and of how many utterances. */
export function SampleNote({ sample, connected }: { readonly sample: Note; readonly connected: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const values = { count: format.integer(sample.count), of: format.integer(sample.of) };
  return (
    <div className={styles['reconnect']}>
      <p>
        {sample.kind === 'first'
          ? t('data.sample.isFirst', values)
          : t('data.sample.isProportional', { ...values, seed: sample.seed })}
      </p>
      <Button disabled={!connected} onClick={() => void useCorpus.getState().chooseSample()}>
        {t('data.sample.again')}
      </Button>
    </div>
  );
}
