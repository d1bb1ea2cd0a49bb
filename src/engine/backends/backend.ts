/** What a backend is to the engine: what it fuses, and how it computes each operation. */
import type { Fusion } from '../../core/model/fusion';
import type { Operation } from '../ops/operation';

export interface Backend {
  /** Runs of nodes that it computes as one. */
  readonly fusions: readonly Fusion[];
  /** By the ids of operations and fusions; where a kernel of ours cannot be used, an entry is another one. */
  readonly ops: Readonly<Record<string, Operation>>;
}
