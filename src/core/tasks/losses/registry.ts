/** All losses there are, classes first. To add one: write its file and add it here (docs/adding-a-task.md). */
import { ConfigError } from '../../errors/errors';
import { concordance } from './concordance';
import { crossEntropyLoss } from './cross-entropy';
import { focal } from './focal';
import { meanAbsoluteError } from './mean-absolute-error';
import { meanSquaredError } from './mean-squared-error';
import type { Loss, TaskKind } from './types';

export const LOSSES = [crossEntropyLoss, focal, meanSquaredError, meanAbsoluteError, concordance] as const;

/** @throws ConfigError `unknown-loss` */
export function loss(id: string): Loss {
  const found: Loss | undefined = LOSSES.find((candidate) => candidate.id === id);
  if (!found) throw new ConfigError('unknown-loss', { id });
  return found;
}

/** Those that a task of this kind may have; the first is the default. @param targets of the task */
export const lossesFor = (kind: TaskKind, targets?: 'votes'): readonly Loss[] =>
  LOSSES.filter((one: Loss) => one.kind === kind && (targets === undefined || one.takesDistributions));
