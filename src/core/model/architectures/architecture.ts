/** What an architecture is: how its graph is written, given width, input size and tasks. */
import type { GraphBuilder, Ref } from '../builder';

export interface HeadChoice {
  readonly task: string;
  readonly classes: number;
  /** Absent: classes. A number is one output. */
  readonly kind?: 'classes' | 'number';
}

export interface ArchitectureChoice {
  /** A hidden channel or feature count times the width: rounded, at least 1. */
  readonly scaled: (full: number) => number;
  readonly heads: readonly HeadChoice[];
}

export interface Architecture {
  readonly id: string;
  /** Whether it has a head for each of any number of tasks; else it has exactly one. */
  readonly multitask: boolean;
  /**
   * Writes the graph from the images (`g.input`) on.
   * @returns the shared representation, and the output of each head in the order of the tasks
   */
  write(
    g: GraphBuilder,
    choice: ArchitectureChoice,
  ): { readonly shared: Ref; readonly outputs: readonly Ref[] };
}

/** Types an architecture by its id. */
export const defineArchitecture = <const Id extends string>(
  architecture: Architecture & { readonly id: Id },
): Architecture & { readonly id: Id } => architecture;
