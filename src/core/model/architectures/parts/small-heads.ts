/**
 * Fully connected ends with one hidden layer behind a shared vector: `classifier.N` for one task, or
 * `heads.<task>.N` for each of several; hidden -> ReLU -> classes.
 */
import type { GraphBuilder, Ref } from '../../builder';
import type { ArchitectureChoice } from '../architecture';

/** How the layers start: ops/linear.ts. */
type Start = 'vgg' | 'fan-in';

const head = (
  g: GraphBuilder,
  name: string,
  shared: Ref,
  hidden: number,
  classes: number,
  start: Start,
): Ref => g.sequential(name, shared).linear(hidden, start).relu().linear(classes, start).output;

/** @param hidden features at full width */
export const oneHead = (
  g: GraphBuilder,
  { scaled, heads }: ArchitectureChoice,
  shared: Ref,
  hidden: number,
  start: Start = 'vgg',
) => ({
  shared,
  outputs: heads.map(({ classes }) => head(g, 'classifier', shared, scaled(hidden), classes, start)),
});

/** @param hidden features at full width */
export const taskHeads = (
  g: GraphBuilder,
  { scaled, heads }: ArchitectureChoice,
  shared: Ref,
  hidden: number,
  start: Start = 'vgg',
) => ({
  shared,
  outputs: heads.map(({ task, classes }) => head(g, `heads.${task}`, shared, scaled(hidden), classes, start)),
});
