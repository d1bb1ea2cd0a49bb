/** What has to do with time: frames, deltas, recurrent layers, layer norm and attention pooling as operations. */
import { attentionPool as attend, attentionPoolGradients } from '../kernels/composed/attention-pool';
import { GRU, LSTM } from '../kernels/composed/cells';
import {
  recurrentDirections,
  recurrentDirectionsGradients,
  type DirectionsForward,
} from '../kernels/composed/directions';
import {
  deltas as withDeltas,
  deltasGradient,
  frames as framesOf,
  framesGradient,
} from '../kernels/composed/frames';
import { layerNorm as normalise, layerNormGradients } from '../kernels/composed/layer-norm';
import type { Cell } from '../kernels/composed/recurrent';
import { batched, only, type BoundNode, type Operation } from './operation';

export const frames: Operation = {
  forward: (_step, [x]) => ({ y: framesOf(x!), kept: [] }),
  backward: (step, _done, dy) => [framesGradient(dy, batched(dy.shape[0], only(step).values[0]!.shape))],
};

export const deltas: Operation = {
  forward: (_step, [x]) => ({ y: withDeltas(x!), kept: [] }),
  backward: (_step, _done, dy, { wanted }) => [wanted[0] ? deltasGradient(dy) : null],
};

/** The parameters of each direction. */
const waysOf = ({ parameters, attributes }: BoundNode) =>
  (attributes['bidirectional'] ? ['', '_reverse'] : ['']).map((way) => ({
    weightIh: parameters[`weight_ih_l0${way}`]!,
    weightHh: parameters[`weight_hh_l0${way}`]!,
    biasIh: parameters[`bias_ih_l0${way}`]!,
    biasHh: parameters[`bias_hh_l0${way}`]!,
  }));

const valuesOf = (node: BoundNode) =>
  waysOf(node).map(({ weightIh, weightHh, biasIh, biasHh }) => ({
    weightIh: weightIh.value,
    weightHh: weightHh.value,
    biasIh: biasIh.value,
    biasHh: biasHh.value,
  }));

const recurrent = (cell: Cell): Operation => ({
  forward: (step, [x], mode) => {
    const { y, kept, passes } = recurrentDirections(cell, x!, valuesOf(only(step)));
    if (mode.training) return { y, kept: [x!, ...kept], state: passes };
    for (const tensor of kept) tensor.dispose();
    return { y, kept: [] };
  },
  backward: (step, { kept: [x], state }, dy, { gradients, wanted }) => {
    const node = only(step);
    const passes = state as DirectionsForward['passes'];
    const { dx, ways } = recurrentDirectionsGradients(cell, dy, x!, passes, valuesOf(node), wanted[0]!);
    for (const [i, parameters] of waysOf(node).entries())
      for (const key of ['weightIh', 'weightHh', 'biasIh', 'biasHh'] as const)
        gradients.add(parameters[key].spec.name, ways[i]![key]);
    return [dx];
  },
});

export const lstm = recurrent(LSTM);
export const gru = recurrent(GRU);

export const layerNorm: Operation = {
  forward: (step, [x], mode) => {
    const { weight, bias } = only(step).parameters;
    const { y, normalised, inverseStd } = normalise(x!, weight!.value, bias!.value);
    if (mode.training) return { y, kept: [normalised, inverseStd] };
    normalised.dispose();
    inverseStd.dispose();
    return { y, kept: [] };
  },
  backward: (step, { kept: [normalised, inverseStd] }, dy, { gradients }) => {
    const { weight, bias } = only(step).parameters;
    const kept = { normalised: normalised!, inverseStd: inverseStd! };
    const { dx, dScale, dOffset } = layerNormGradients(dy, kept, weight!.value);
    gradients.add(weight!.spec.name, dScale);
    gradients.add(bias!.spec.name, dOffset);
    return [dx];
  },
};

export const attentionPool: Operation = {
  forward: (step, [x], mode) => {
    const { y, shares } = attend(x!, only(step).parameters['weight']!.value);
    if (mode.training) return { y, kept: [x!, shares] };
    shares.dispose();
    return { y, kept: [] };
  },
  backward: (step, { kept: [x, shares] }, dy, { gradients }) => {
    const weight = only(step).parameters['weight']!;
    const { dx, dWeight } = attentionPoolGradients(dy, x!, weight.value, shares!);
    gradients.add(weight.spec.name, dWeight);
    return [dx];
  },
};
