import type { ParameterSpec } from '../../core/model/plan';

/** Whether weight decay of weights alone applies: not to biases, nor to the scales and offsets of normalisations. */
export const isWeight = ({ shape }: ParameterSpec): boolean => shape.length > 1;
