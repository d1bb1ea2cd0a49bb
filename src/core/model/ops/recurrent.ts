/**
 * LSTM and GRU over time, one layer, forwards or both ways, with PyTorch's parameters: gates in the order i, f,
 * g, o and r, z, n, a bias for each of the two products. The value is the sequence of hidden states, those of
 * both directions side by side.
 */
import type { Value } from '../graph';
import { linearLayout } from './linear';
import { bytesOf, defineOp, requireAxes, type ParameterDeclaration } from './op';

const FIELDS = {
  /** Features of the hidden state, of each direction. */
  units: { kind: 'whole', min: 1 },
  bidirectional: { kind: 'flag', default: false },
} as const;

function ofOneWay(x: Value, gates: number, units: number, way: string): readonly ParameterDeclaration[] {
  // PyTorch draws all of them so.
  const initial = { kind: 'uniform', bound: 1 / Math.sqrt(units) } as const;
  const [all, inputs] = [gates * units, x.shape[1]!];
  const bias = (suffix: string): ParameterDeclaration => ({
    suffix: `${suffix}${way}`,
    shape: [all],
    role: 'bias',
    initial,
    rows: gates,
  });
  return [
    {
      suffix: `weight_ih_l0${way}`,
      shape: [inputs, all],
      role: 'weight',
      initial,
      torch: linearLayout(x, all),
      rows: gates,
    },
    {
      suffix: `weight_hh_l0${way}`,
      shape: [units, all],
      role: 'weight',
      initial,
      torch: { shape: [all, units], view: [units, all], axes: [1, 0] },
      rows: gates,
    },
    bias('bias_ih_l0'),
    bias('bias_hh_l0'),
  ];
}

/** @param kept arrays of the hidden state's size that each step keeps */
const recurrent = (id: string, gates: number, kept: number) =>
  defineOp({
    id,
    inputs: 1,
    fields: FIELDS,
    output: ([x], { units, bidirectional }) => {
      requireAxes(id, x!, 2);
      return { shape: [x!.shape[0]!, (bidirectional ? 2 : 1) * units] };
    },
    parameters: ([x], { units, bidirectional }) =>
      (bidirectional ? ['', '_reverse'] : ['']).flatMap((way) => ofOneWay(x!, gates, units, way)),
    flops: ([x], _output, { units, bidirectional }) =>
      2 * (bidirectional ? 2 : 1) * x!.shape[0]! * gates * units * (x!.shape[1]! + units),
    memory: ({ examples, inputs: [x], output, attributes: { bidirectional } }) => {
      const [states, given] = [bytesOf(examples, output), bytesOf(examples, x!)];
      const ways = bidirectional ? ['', '_reverse'] : [''];
      const products = (gates * states) / ways.length;
      return {
        keeps: ['inputs'],
        forward: [{ keep: kept * states }, { work: products + 2 * given + states }, 'output'],
        backward: [
          { work: ways.length * (3 * products + 3 * given) + 2 * states },
          ...ways.flatMap((way) => [
            { gradient: `weight_ih_l0${way}` },
            { gradient: `weight_hh_l0${way}` },
            { gradient: `bias_ih_l0${way}` },
            { gradient: `bias_hh_l0${way}` },
          ]),
          { inputs: 'new' },
        ],
      };
    },
  });

export const lstm = recurrent('lstm', 4, 7);
export const gru = recurrent('gru', 3, 5);
