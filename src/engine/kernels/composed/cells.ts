/**
 * One step of an LSTM and of a GRU with their gradients, as PyTorch defines them (docs of `nn.LSTM`,
 * `nn.GRU`): gates i, f, g, o and r, z, n, each product with a bias of its own.
 */
import * as tf from '../../tf';
import type { Cell } from './recurrent';

const four = (x: tf.Tensor) => tf.split(x, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
const three = (x: tf.Tensor) => tf.split(x, 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
/** Slopes at the gates' outputs. */
const sigmoidSlope = (y: tf.Tensor): tf.Tensor => tf.mul(y, tf.sub(1, y));
const tanhSlope = (y: tf.Tensor): tf.Tensor => tf.sub(1, tf.square(y));

/** c' = f c + i g, h' = o tanh(c'). States: h, c. */
export const LSTM: Cell = {
  states: 2,
  forward: (fromInput, fromState, [, c]) => {
    const [zi, zf, zg, zo] = four(tf.add(fromInput, fromState));
    const [i, f, g, o] = [tf.sigmoid(zi), tf.sigmoid(zf), tf.tanh(zg), tf.sigmoid(zo)];
    const cell = tf.add(tf.mul(f, c!), tf.mul(i, g));
    const bent = tf.tanh(cell);
    return { states: [tf.mul(o, bent), cell], kept: [i, f, g, o, bent] };
  },
  backward: ([dh, dc], kept, [, before]) => {
    const [i, f, g, o, bent] = kept as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const dCell = tf.add(dc!, tf.mul(dh!, tf.mul(o, tanhSlope(bent))));
    const dGates = tf.concat(
      [
        tf.mul(tf.mul(dCell, g), sigmoidSlope(i)),
        tf.mul(tf.mul(dCell, before!), sigmoidSlope(f)),
        tf.mul(tf.mul(dCell, i), tanhSlope(g)),
        tf.mul(tf.mul(dh!, bent), sigmoidSlope(o)),
      ],
      1,
    );
    // The hidden state before is only read through W_hh.
    return { dInput: dGates, dState: dGates.clone(), d: [null, tf.mul(dCell, f)] };
  },
};

/** n = tanh(x_n + r h_n), h' = (1 - z) n + z h. State: h. */
export const GRU: Cell = {
  states: 1,
  forward: (fromInput, fromState, [h]) => {
    const [xr, xz, xn] = three(fromInput);
    const [hr, hz, hn] = three(fromState);
    const [r, z] = [tf.sigmoid(tf.add(xr, hr)), tf.sigmoid(tf.add(xz, hz))];
    const fresh = tf.tanh(tf.add(xn, tf.mul(r, hn)));
    return { states: [tf.add(fresh, tf.mul(z, tf.sub(h!, fresh)))], kept: [r, z, fresh, hn] };
  },
  backward: ([dh], kept, [h]) => {
    const [r, z, fresh, hn] = kept as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const dFresh = tf.mul(tf.mul(dh!, tf.sub(1, z)), tanhSlope(fresh));
    const dZ = tf.mul(tf.mul(dh!, tf.sub(h!, fresh)), sigmoidSlope(z));
    const dR = tf.mul(tf.mul(dFresh, hn), sigmoidSlope(r));
    return {
      dInput: tf.concat([dR, dZ, dFresh], 1),
      dState: tf.concat([dR, dZ, tf.mul(dFresh, r)], 1),
      d: [tf.mul(dh!, z)],
    };
  },
};
