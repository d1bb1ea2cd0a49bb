/**
 * Sum of logarithms: a tenth off counts the same whatever the loss, so the scale of a loss does not matter.
 */
import { choiceField } from '../../options/field';
import { derivative, plain, sumOf } from '../notation';
import { floored, noteOfFloor, sum } from '../numerics';
import { reader } from '../options';
import type { Strategy } from '../types';

const FORMS = ['log', 'log1p'] as const;

const OPTIONS = { form: choiceField({ choices: FORMS, default: 'log', live: true }) };
const read = reader(OPTIONS);

/**
 * L = Σ ln L_i, effective weight 1/L_i; or, so that a small loss does not blow up its weight, Σ ln(1 + L_i)
 * with 1/(1 + L_i). Losses below 1e-8 count as 1e-8.
 */
export const logSum: Strategy = {
  id: 'log-sum',
  group: 'losses',
  misleadingTotal: 'logarithms',
  words: {
    name: 'Sum of logarithms',
    note: 'scale-invariant',
    explain:
      'A tenth less loss counts the same wherever a task stands, so the unit of a loss does not matter. Small losses get large weights.',
    options: {
      form: 'Form',
      formHint: 'ln(1 + L) never weighs a task by more than 1.',
    },
  },
  needs: () => 'losses',
  lossFree: false,
  options: OPTIONS,
  formula: (options) =>
    read(options).form === 'log' ? 'L = Σᵢ ln Lᵢ,  ∂L/∂Lᵢ = 1/Lᵢ' : 'L = Σᵢ ln(1 + Lᵢ),  ∂L/∂Lᵢ = 1/(1 + Lᵢ)',
  formulaWithNumbers: (losses, step, options) => {
    const term = (loss: number): string =>
      read(options).form === 'log' ? `ln ${plain(loss)}` : `ln(1+${plain(loss)})`;
    return `L = ${sumOf(losses.map(term))} = ${plain(step.total)}${derivative(step.effective)}`;
  },
  init: () => ({}),
  weigh: (losses, options) => {
    const nominal = losses.map(() => 1);
    if (read(options).form === 'log1p')
      return {
        total: sum(losses.map((loss) => Math.log1p(loss))),
        nominal,
        effective: losses.map((loss) => 1 / (1 + loss)),
      };
    const safe = floored(losses);
    return {
      total: sum(safe.map((loss) => Math.log(loss))),
      nominal,
      effective: safe.map((loss) => 1 / loss),
      ...noteOfFloor(losses),
    };
  },
  update: (_losses, _options, state) => state,
};
