/**
 * Smooth Tchebycheff: a smooth maximum of the logarithmic losses, each against where it stood after a
 * warm-up; attends to the task that lags most. Lin et al., ICML 2024 (arXiv 2402.19078), in the logarithmic
 * form of the authors' code.
 */
import { numberField } from '../../options/field';
import { epochMeans, startMeans } from '../epoch-means';
import { listOf } from '../learned';
import { derivative, plain, sumOf } from '../notation';
import { floored, logSumExp, noteOfFloor, softmax, sum } from '../numerics';
import { reader } from '../options';
import { AT_REST, type Strategy } from '../types';

const OPTIONS = {
  mu: numberField({ min: 0.05, max: 10, step: 0.05, default: 1, live: true }),
  warmUp: numberField({ min: 1, max: 50, step: 1, default: 5 }),
};
const read = reader(OPTIONS);

const warmUpOf = (options: Parameters<Strategy['formula']>[0]): number => read(options).warmUp;

/**
 * Warm-up: L = Σ ln L_i. Then y_i = ln(L_i / nadir_i), L = T μ ln Σ exp(y_i / μ), nadir the mean losses of
 * the last warm-up epoch; effective weight T softmax(y/μ)_i / L_i. (The authors' code prints L − T max y,
 * with the same gradient.) Losses below 1e-8 count as 1e-8.
 */
export const smoothTchebycheff: Strategy = {
  id: 'smooth-tchebycheff',
  group: 'losses',
  misleadingTotal: 'moves',
  words: {
    name: 'Smooth Tchebycheff',
    note: 'a smooth maximum; Lin 2024',
    explain:
      'After a warm-up, each loss is measured against where it stood then, and the task that lags most gets most weight.',
    options: {
      mu: 'Smoothness μ',
      muHint: 'Small: only the worst task counts.',
      warmUp: 'Warm-up, epochs',
    },
  },
  needs: () => 'losses',
  lossFree: false,
  options: OPTIONS,
  formula: (options) =>
    `L = T·μ·ln Σᵢ exp(yᵢ/μ),  yᵢ = ln(Lᵢ / nᵢ),  ∂L/∂Lᵢ = T·softmax(y/μ)ᵢ / Lᵢ,  L = Σᵢ ln Lᵢ (t ≤ ${warmUpOf(options)})`,
  formulaWithNumbers: (losses, step, options) => {
    const logs = sum(floored(losses).map((loss) => Math.log(loss)));
    if (
      step.nominal.every((weight) => weight === 1) &&
      Math.abs(step.total - logs) <= 1e-9 * Math.max(1, Math.abs(logs))
    )
      return `L = ${sumOf(losses.map((loss) => `ln ${plain(loss)}`))} = ${plain(step.total)}${derivative(step.effective)}`;
    const mu = read(options).mu;
    // The nominal weights are softmax(y/μ) and L = T μ ln Σ exp(y/μ), so both together say what y was.
    const y = step.nominal.map((share) => mu * Math.log(share) + step.total / losses.length);
    return `L = ${losses.length}·${plain(mu)}·ln(${sumOf(y.map((value) => `e^(${plain(value)}/${plain(mu)})`))}) = ${plain(step.total)}${derivative(step.effective)}`;
  },
  init: (taskCount) => ({ ...startMeans(taskCount), nadir: [] }),
  weigh: (losses, options, state, { epoch } = AT_REST) => {
    const safe = floored(losses);
    const logs = safe.map((loss) => Math.log(loss));
    const nadir = nadirOf(state, epoch);
    const one = { nominal: losses.map(() => 1), ...noteOfFloor(losses) };
    if (nadir.length === 0 || epoch <= warmUpOf(options))
      return { ...one, total: sum(logs), effective: safe.map((loss) => 1 / loss) };
    const mu = read(options).mu;
    const y = floored(nadir).map((reference, i) => (logs[i]! - Math.log(reference)) / mu);
    const shares = softmax(y);
    return {
      ...one,
      total: losses.length * mu * logSumExp(y),
      nominal: shares,
      effective: safe.map((loss, i) => (losses.length * shares[i]!) / loss),
    };
  },
  update: (losses, options, state, { epoch } = AT_REST) => ({
    ...state,
    nadir: nadirOf(state, epoch),
    ...(epoch === warmUpOf(options) ? epochMeans.add(state, losses, epoch) : startMeans(losses.length)),
  }),
};

/** Only the last warm-up epoch is ever added up, so the epoch that is over is that one. */
const nadirOf = (state: Parameters<typeof epochMeans.over>[0], epoch: number): readonly number[] =>
  epochMeans.over(state, epoch) ?? listOf(state, 'nadir');
