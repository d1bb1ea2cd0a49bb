/**
 * The paper's fully connected parts, behind F flattened features:
 * - single task: F -> 2048 -> ReLU -> dropout 0.5 -> 512 -> ReLU -> classes, named `classifier.N`;
 * - multitask: shared F -> 2048 -> dropout 0.5 -> ReLU (`shared.N`), then per task 2048 -> 512 -> ReLU ->
 *   classes (`heads.<task>.N`).
 */
import type { GraphBuilder, Ref } from '../../builder';
import type { ArchitectureChoice } from '../architecture';

export function classifier(g: GraphBuilder, { scaled, heads }: ArchitectureChoice, features: Ref) {
  return {
    shared: features,
    outputs: heads.map(
      ({ classes }) =>
        g
          .sequential('classifier', features)
          .linear(scaled(2048))
          .relu()
          .dropout(0.5)
          .linear(scaled(512))
          .relu()
          .linear(classes).output,
    ),
  };
}

/** @param dropout inside each head, behind the activation of its 512 features; 0 for none */
export function sharedAndHeads(
  g: GraphBuilder,
  { scaled, heads }: ArchitectureChoice,
  features: Ref,
  dropout = 0,
) {
  const shared = g.sequential('shared', features).linear(scaled(2048)).dropout(0.5).relu().output;
  return {
    shared,
    outputs: heads.map(({ task, classes }) => {
      const head = g.sequential(`heads.${task}`, shared).linear(scaled(512)).relu();
      if (dropout > 0) head.dropout(dropout);
      return head.linear(classes).output;
    }),
  };
}
