/**
 * Dynamic weight average: a task whose loss fell slowly over the last two epochs gets more weight. Liu,
 * Johns, Davison, CVPR 2019 (arXiv 1803.10704, equation 7).
 */
import { numberField } from '../../options/field';
import { epochMeans, startMeans } from '../epoch-means';
import { listOf } from '../learned';
import { weightedSum } from '../notation';
import { dot, floored, noteOfFloor, ones, softmax } from '../numerics';
import { reader } from '../options';
import { AT_REST, type Strategy } from '../types';

const OPTIONS = { temperature: numberField({ min: 0.1, max: 20, step: 0.1, default: 2, live: true }) };
const read = reader(OPTIONS);

/**
 * w_i = T softmax(r_i / τ), r_i = L̄_i(t−1) / L̄_i(t−2) over epoch means; 1 in the first two epochs.
 * Constants in the backward pass. Means below 1e-8 count as 1e-8, so an epoch without any loss has ratio 1.
 */
export const dwa: Strategy = {
  id: 'dwa',
  group: 'losses',
  misleadingTotal: 'moves',
  words: {
    name: 'Dynamic weight average (DWA)',
    note: 'by how fast a loss falls; Liu 2019',
    explain:
      'A task whose loss fell least over the last two epochs gets most weight. It sees ratios only: a task that cannot be learned keeps its weight.',
    options: {
      temperature: 'Temperature τ',
      temperatureHint: 'High: all weights near 1.',
    },
  },
  needs: () => 'losses',
  lossFree: true,
  options: OPTIONS,
  formula: () => 'L = Σᵢ wᵢ·Lᵢ,  wᵢ = T·exp(rᵢ/τ) / Σⱼ exp(rⱼ/τ),  rᵢ = L̄ᵢ(t−1) / L̄ᵢ(t−2)',
  formulaWithNumbers: (losses, step) => weightedSum(losses, step.nominal, step.total),
  init: (taskCount) => ({ ...startMeans(taskCount), last: [], before: [] }),
  weigh: (losses, options, state, { epoch } = AT_REST) => {
    const known = advance(state, epoch);
    const [last, before] = [listOf(known, 'last'), listOf(known, 'before')];
    if (last.length === 0 || before.length === 0)
      return { total: dot(ones(losses), losses), nominal: ones(losses), effective: ones(losses) };
    const [now, then] = [floored(last), floored(before)];
    const tau = read(options).temperature;
    const weights = softmax(now.map((value, i) => value / then[i]! / tau)).map(
      (share) => share * losses.length,
    );
    return {
      total: dot(weights, losses),
      nominal: weights,
      effective: weights,
      ...noteOfFloor([...last, ...before]),
    };
  },
  update: (losses, _options, state, { epoch } = AT_REST) => {
    const known = advance(state, epoch);
    return { ...known, ...epochMeans.add(known, losses, epoch) };
  },
};

/** The state as of `epoch`: an epoch that is over becomes the last one. */
const advance: (state: Parameters<typeof epochMeans.over>[0], epoch: number) => typeof state = (
  state,
  epoch,
) => {
  const over = epochMeans.over(state, epoch);
  return over ? { ...state, ...startMeans(over.length), before: listOf(state, 'last'), last: over } : state;
};
