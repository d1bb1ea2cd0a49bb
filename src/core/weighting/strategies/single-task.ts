/**
 * One task alone in the multitask model: the shared layers learn for it only, the other heads stay as they
 * began. The reference that a multitask run has to beat; the paper's own reference models are other
 * architectures (core/model).
 */
import { taskField } from '../../options/field';
import { weightedSum } from '../notation';
import { reader } from '../options';
import type { Strategy } from '../types';

const OPTIONS = { task: taskField({ default: 0 }) };
const read = reader(OPTIONS);

/**
 * L = L_k; effective weight 1 for task k, 0 for the others. A position that does not exist is the last task.
 */
export const singleTask: Strategy = {
  id: 'single-task',
  group: 'fixed',
  misleadingTotal: null,
  words: {
    name: 'One task alone',
    note: 'the reference a multitask run has to beat',
    explain:
      'The shared layers learn for one task; the other heads stay as they began. What a task loses or gains by company is measured against this.',
    options: {
      task: 'Task',
    },
  },
  needs: () => 'losses',
  lossFree: true,
  options: OPTIONS,
  formula: () => 'L = Lₖ',
  formulaWithNumbers: (losses, step) => weightedSum(losses, step.nominal, step.total),
  init: () => ({}),
  weigh: (losses, options) => {
    const k = Math.min(read(options).task, losses.length - 1);
    const weights = losses.map((_, i) => (i === k ? 1 : 0));
    return { total: losses[k]!, nominal: weights, effective: weights };
  },
  update: (_losses, _options, state) => state,
};
