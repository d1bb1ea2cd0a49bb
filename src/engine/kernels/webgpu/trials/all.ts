/**
 * A case for every kernel, on the fixed problem of the check at start. A kernel without one cannot be proven,
 * and a test says so.
 */
import { normBackwardTrial, normTrial, statisticsTrial } from './batch-norm';
import { filterGradientTrial, forwardTrial, inputGradientTrial } from './convolution';
import { smallCases } from './elementwise';
import { caseOf, type Case } from './trial';

export const checkCases = (): readonly Case[] => [
  caseOf(forwardTrial),
  caseOf(inputGradientTrial),
  caseOf(filterGradientTrial),
  caseOf(statisticsTrial),
  caseOf(normTrial),
  caseOf(normBackwardTrial),
  ...smallCases(),
];
