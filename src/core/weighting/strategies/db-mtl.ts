/**
 * DB-MTL: logarithmic losses, and all task gradients as long as the longest, taken from a moving average. Lin
 * et al., "Dual-balancing for multi-task learning" (arXiv 2308.12029). The averages are copies of the shared
 * parameters, which the engine keeps (engine/step/gradient-averages.ts); with β = 0 there are none, and the
 * gradients may be taken at the shared representation.
 */
import { numberField } from '../../options/field';
import { gramStrategy } from '../gram-strategy';
import { numberOf } from '../learned';
import { LEAST_LOSS } from '../numerics';
import { reader } from '../options';
import type { Gram, Strategy, StrategyOptions, StrategyState } from '../types';

const OPTIONS = {
  beta: numberField({ min: 0, max: 0.99, step: 0.01, default: 0.9 }),
  sigma: numberField({ min: 0, max: 1, step: 0.1, default: 0 }),
};
const read = reader(OPTIONS);

/** 0 where absent: in checkpoints from before there were averages. */
const beta = (options: StrategyOptions): number => (options['beta'] === undefined ? 0 : read(options).beta);
const logarithmic = (losses: readonly number[]): number[] => losses.map((loss) => 1 / (loss + LEAST_LOSS));
const lengths = (gram: Gram): number[] => gram.map((row, i) => Math.sqrt(row[i]!));
/** max_k ‖m_k‖ / ‖m_i‖. */
const stretches = (norms: readonly number[]): number[] => norms.map((norm) => Math.max(...norms) / norm);

const base = gramStrategy({
  id: 'db-mtl',
  misleadingTotal: 'logarithms',
  firstVersion: 'zeros',
  words: {
    name: 'DB-MTL',
    note: 'balances losses and gradients; Lin 2023',
    explain:
      'Logarithmic losses, and every task’s gradient, averaged over the steps, as long as the longest. The averages begin at zero, as published: under β = 0.9 the first step is a tenth as long, and the average needs some ten steps to grow. They are copies of the shared layers, one a task.',
    options: {
      gradients: 'Gradients taken at',
      gradientsHint: 'Only with β = 0; averages are always of everything shared.',
      beta: 'Moving average β',
      betaHint:
        'Published: 0.9. 0: no average, no copies, and the gradients may be taken at the shared representation.',
      sigma: 'Fading σ',
      sigmaHint: 'Step k averages with β / k^σ. 0: always β.',
    },
  },
  version: 2,
  heads: null,
  options: OPTIONS,
  formula: (options) =>
    `L = Σᵢ wᵢ·Lᵢ,  wᵢ·gᵢ = maxₖ‖mₖ‖·mᵢ/‖mᵢ‖,  ${beta(options) > 0 ? 'mᵢ ← βₖ·mᵢ + (1 − βₖ)·∇ ln Lᵢ,  βₖ = β/k^σ' : 'mᵢ = ∇ ln Lᵢ'}`,
  solve: (gram, options, losses) => {
    const logs = logarithmic(losses);
    const norms = lengths(gram);
    const averaged = beta(options) > 0;
    const factors = stretches(averaged ? norms : norms.map((norm, i) => norm * logs[i]!));
    return {
      weights: factors.map((factor, i) => factor * logs[i]!),
      heads: logs,
      ...(averaged ? { averaged: factors } : {}),
      fallback: losses.some((loss) => loss < LEAST_LOSS) ? 'zero-loss' : undefined,
    };
  },
});

/**
 * m_i ← β_k m_i + (1 − β_k) g_i / (L_i + 1e-8) from m_i = 0, β_k = β / k^σ, k the updates so far: without a
 * correction for the start, the first step's average is (1 − β) of the gradient. d = Σ (max_k ‖m_k‖ / ‖m_i‖)
 * m_i. The effective weight is the factor of the averaged gradient at this step's loss, (max_k ‖m_k‖ / ‖m_i‖)
 * / (L_i + 1e-8), so that it can be compared with other strategies'; of that, this step's own gradient has
 * the share 1 − β_k. The heads get the gradient of ln L_i itself, not averaged.
 */
export const dbMtl: Strategy = {
  ...base,
  needs: (options) => (beta(options) > 0 ? 'full' : base.needs(options)),
  averages: (options) => {
    if (beta(options) === 0) return null;
    return (losses, state) => {
      const keep = beta(options) / (numberOf(state, 'updates') + 1) ** read(options).sigma;
      return { keep, add: logarithmic(losses).map((log) => (1 - keep) * log) };
    };
  },
  update: (losses, options, state, context) => {
    const moved: StrategyState = base.update(losses, options, state, context);
    return beta(options) > 0 && context?.gram ? { ...moved, updates: numberOf(state, 'updates') + 1 } : moved;
  },
};
