/** Mean squared error, as `torch.nn.MSELoss`. */
import { meanOfErrors } from './numbers';

export const meanSquaredError = meanOfErrors('mse', 'L = (1/n) Σ (x − y)²', (error) => [
  error * error,
  2 * error,
]);
