/**
 * Settings whose control on Train is more than their declaration can say; all others get theirs from the
 * declaration (group-fields.tsx).
 */
import type { ReactNode } from 'react';
import type { RunConfig } from '../../../core/config/run-config';
import type { SettingId } from '../../../core/config/settings/registry';
import { InstrumentFields, StrategyField } from '../transport/strategy-fields';
import { AugmentationFields } from './augmentation-fields';
import { CorpusField, SchemeField, SplitField } from './corpus-fields';
import type { Differs } from './differs';
import { ArchitectureField, WeightsField } from './model-fields';
import { OptimizerField, ScheduleField } from './optimizer-fields';
import { TasksField } from './task-fields';
import { BackendField, MemoryField, MonitorField, RateField, SeedField } from './training-fields';

export interface SettingControlProps {
  readonly config: RunConfig;
  /** The preset, completed. */
  readonly base: RunConfig;
  readonly disabled: boolean;
  readonly differs: Differs;
}

export const CONTROLS: Partial<Record<SettingId, (props: SettingControlProps) => ReactNode>> = {
  corpus: CorpusField,
  labelScheme: SchemeField,
  split: SplitField,
  augmentations: AugmentationFields,
  tasks: TasksField,
  strategy: StrategyField,
  instruments: InstrumentFields,
  architecture: ArchitectureField,
  initialWeights: WeightsField,
  optimizer: OptimizerField,
  learningRate: RateField,
  schedule: ScheduleField,
  microBatch: MemoryField,
  monitor: MonitorField,
  seed: SeedField,
  backend: BackendField,
};
