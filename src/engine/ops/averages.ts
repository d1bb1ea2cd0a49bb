/** Average pooling, of windows and of everything, as operations. */
import {
  averagePool as average,
  averagePoolGradient,
  globalAveragePool as globalAverage,
  globalAveragePoolGradient,
  type AverageGeometry,
} from '../kernels/composed/average-pool';
import { batched, only, type BoundStep, type Operation } from './operation';

const geometryOf = (step: BoundStep) => only(step).attributes as unknown as AverageGeometry;
/** Shape of what went in, with the batch that comes out. */
const inputShape = (step: BoundStep, count: number) => batched(count, only(step).values[0]!.shape);

export const averagePool: Operation = {
  forward: (step, [x]) => ({ y: average(x!, geometryOf(step)), kept: [] }),
  backward: (step, _done, dy) => [averagePoolGradient(dy, inputShape(step, dy.shape[0]), geometryOf(step))],
};

export const globalAveragePool: Operation = {
  forward: (_step, [x]) => ({ y: globalAverage(x!), kept: [] }),
  backward: (step, _done, dy) => [globalAveragePoolGradient(dy, inputShape(step, dy.shape[0]))],
};
