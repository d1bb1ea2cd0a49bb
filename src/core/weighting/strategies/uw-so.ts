/**
 * UW-SO: UW-O's weights through a softmax with a temperature. Kirchdorfer et al., GCPR 2024 (arXiv
 * 2408.07985).
 */
import { numberField } from '../../options/field';
import { weightedSum } from '../notation';
import { dot, floored, LEAST_LOSS, noteOfFloor, softmax } from '../numerics';
import { reader } from '../options';
import type { Strategy } from '../types';

const OPTIONS = {
  temperature: numberField({ min: 0.1, max: 100, step: 0.1, default: 1, live: true }),
  floor: numberField({ min: 0, max: 1, step: 0.01, default: 0, live: true }),
};
const read = reader(OPTIONS);

/**
 * w = softmax((1 / sg(L_i)) / τ), sum 1, held constant in the backward pass. Saturates on the easiest task
 * when its loss is far below τ; `floor` is the least a loss counts as (never below 1e-8).
 */
export const uwSo: Strategy = {
  id: 'uw-so',
  group: 'losses',
  misleadingTotal: null,
  words: {
    name: 'UW-SO',
    note: 'UW-O through a softmax; Kirchdorfer 2024',
    explain:
      'Sum 1. Saturates on the easiest task: at L = (1.2, 2.1, 0.05) and τ = 1 it gets all the weight.',
    options: {
      temperature: 'Temperature τ',
      temperatureHint: 'Must be tuned; larger is more even.',
      floor: 'Least loss',
      floorHint: 'No loss counts as less than this.',
    },
  },
  needs: () => 'losses',
  lossFree: false,
  options: OPTIONS,
  formula: () => 'L = Σᵢ wᵢ·Lᵢ,  w = softmax(1 / (τ·sg(Lᵢ)))',
  formulaWithNumbers: (losses, step) => weightedSum(losses, step.nominal, step.total),
  init: () => ({}),
  weigh: (losses, options) => {
    const safe = floored(losses, Math.max(LEAST_LOSS, read(options).floor));
    const weights = softmax(safe.map((loss) => 1 / loss / read(options).temperature));
    return { total: dot(weights, losses), nominal: weights, effective: weights, ...noteOfFloor(losses) };
  },
  update: (_losses, _options, state) => state,
};
