/**
 * DB-MTL: logarithmic losses, and all task gradients as long as the longest. Lin et al., "Dual-balancing for multi-task
 * learning" (arXiv 2308.12029). Without the published moving average of the gradients, which would keep a copy of the shared
 * parameters for every task in memory and in checkpoints: this is its case β = 0.
 */
import { gramStrategy } from './gram-strategy';
import { LEAST_LOSS } from './numerics';

/**
 * With m_i = g_i / (L_i + 1e-8), the gradient of ln(L_i + 1e-8): d = Σ (max_k ‖m_k‖ / ‖m_i‖) m_i. The heads get m_i itself.
 * A task without a gradient keeps the factor of its logarithm.
 */
export const dbMtl = gramStrategy({
  id: 'db-mtl', heads: null,
  formula: () => 'L = Σᵢ wᵢ·Lᵢ,  wᵢ·gᵢ = maxₖ‖mₖ‖·mᵢ/‖mᵢ‖,  mᵢ = ∇ ln Lᵢ',
  solve: (gram, _options, losses) => {
    const logs = losses.map((loss) => 1 / (loss + LEAST_LOSS));
    const norms = gram.map((row, i) => Math.sqrt(row[i]!) * logs[i]!);
    const longest = Math.max(...norms);
    return {
      weights: norms.map((norm, i) => (norm === 0 ? logs[i]! : (longest / norm) * logs[i]!)), heads: logs,
      fallback: norms.includes(0) ? 'no-direction' : losses.some((loss) => loss < LEAST_LOSS) ? 'zero-loss' : undefined,
    };
  },
});
