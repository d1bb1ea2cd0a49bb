/** Mean absolute error, as `torch.nn.L1Loss`; the slope at an error of 0 is 0. */
import { meanOfErrors } from './numbers';

export const meanAbsoluteError = meanOfErrors('mae', 'L = (1/n) Σ |x − y|', (error) => [
  Math.abs(error),
  Math.sign(error),
]);
