/**
 * The question before a fork: from which checkpoint, under which strategy, for how long. Opened by
 * `useFork.ask` from any screen.
 */
import { GitFork } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { RANGES } from '../core/config/ranges';
import { sameStrategy } from '../core/training/segments';
import { useFork } from '../state/run/fork';
import { useLibrary } from '../state/runs/library';
import type { ForkTarget } from '../state/types';
import { Button } from '../ui/controls/button';
import { ErrorNote } from '../ui/controls/error-note';
import { Segments, TextField } from '../ui/controls/fields';
import { useFormat } from '../ui/text/format';
import { NumberField } from '../ui/options/number-field';
import { Modal } from '../ui/controls/overlay';
import { StrategyChoiceFields } from '../ui/options/strategy-choice';
import styles from './shell.module.css';
import { taskIds } from '../core/tasks/types';

export function ForkDialog() {
  const { t } = useTranslation();
  const asking = useFork((s) => s.asking);
  const close = useFork((s) => s.close);
  return (
    <Modal
      title={t('fork.title', { name: asking?.name ?? '' })}
      open={asking !== null}
      onOpenChange={(open) => {
        if (!open) close();
      }}
    >
      {asking &&
        (asking.checkpoints.length > 0 ? (
          <Question key={asking.runId} target={asking} />
        ) : (
          <p>{t('fork.none')}</p>
        ))}
    </Modal>
  );
}

function Question({ target }: { readonly target: ForkTarget }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { forking, error, fork } = useFork();
  const { config, checkpoints } = target;
  const [which, setWhich] = useState(checkpoints[0]!.which);
  const checkpoint = checkpoints.find((candidate) => candidate.which === which) ?? checkpoints[0]!;
  const done = checkpoint.epoch - 1;
  const [strategy, setStrategy] = useState(checkpoint.strategy);
  const [wantedEpochs, setEpochs] = useState<number | null>(null);
  const [patience, setPatience] = useState(config.patience);
  const [name, setName] = useState('');
  // A run that is over needs more epochs; as many again as it had is a start.
  const epochs = Math.max(done + 1, wantedEpochs ?? (config.epochs > done ? config.epochs : done * 2));
  const go = (): void => {
    void fork(target.runId, { which, strategy, epochs, patience, name }).then((id) => {
      void useLibrary.getState().refresh();
      if (id) void navigate('/train');
    });
  };
  return (
    <form
      className={styles['fork']}
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <p className={styles['forkLabel']}>{t('fork.which')}</p>
      <Segments
        label={t('fork.which')}
        value={which}
        onChange={(next) => {
          setWhich(next);
          setStrategy(checkpoints.find((candidate) => candidate.which === next)!.strategy);
        }}
        options={checkpoints.map((candidate) => ({
          value: candidate.which,
          label: t(`fork.${candidate.which}`, {
            step: format.integer(candidate.step),
            epoch: format.integer(candidate.epoch - 1),
          }),
        }))}
      />
      <StrategyChoiceFields
        label={t('fork.strategy')}
        value={strategy}
        tasks={taskIds(config)}
        onChange={setStrategy}
      />
      <p className={styles['forkNote']} role="status">
        {t(sameStrategy(strategy, checkpoint.strategy) ? 'fork.same' : 'fork.differs')}
      </p>
      {config.monitor.of === 'strategy-total' && !sameStrategy(strategy, checkpoint.strategy) && (
        <p className={styles['forkNote']}>{t('change.total')}</p>
      )}
      <div className={styles['forkPair']}>
        <NumberField
          label={t('fork.epochs')}
          integer
          step={1}
          min={done + 1}
          max={RANGES.epochs.max}
          value={epochs}
          onChange={setEpochs}
        />
        <NumberField
          label={t('fork.patience')}
          {...RANGES.patience}
          step={1}
          value={patience}
          onChange={setPatience}
        />
      </div>
      <TextField
        label={t('fork.name')}
        maxLength={120}
        value={name}
        placeholder={`${strategy.id} · ${config.seed} @ ${checkpoint.step}`}
        onChange={setName}
      />
      <p className={styles['forkNote']}>
        {t('fork.copy', { bytes: format.bytes(checkpoint.bytes) })}
        {target.live ? ` ${t('fork.stops')}` : ''}
      </p>
      {error && <ErrorNote error={error} />}
      <div className={styles['forkActions']}>
        <Button type="submit" tone="primary" icon={<GitFork />} disabled={forking}>
          {forking ? t('fork.going') : t('fork.go')}
        </Button>
      </div>
    </form>
  );
}
