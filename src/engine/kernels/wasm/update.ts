/** An optimiser's rule as a SIMD program and the kernel that runs it: four numbers at a time, in place. */
import { RULES } from '../../../core/optim/registry';
import { updateOnHost } from '../../../core/optim/host';
import type { Arithmetic, Rule } from '../../../core/optim/rule';
import * as tf from '../../tf';
import { updateName, type UpdateAttributes } from '../host/update';
import { f32x4, i32, sequence, v128, type Code, type FunctionBuilder, type Program } from './assembler';
import type { SimdKernel } from './simd';

/** Addresses of parameter, gradient, slots and constants, in this order, and how many groups of four there are. */
const program = (rule: Rule): Program => ({
  parameters: rule.slots.length + 4,
  body: (f, ...parameters) => {
    const [groups, constants] = [parameters.at(-1)!, parameters.at(-2)!];
    const arrays = parameters.slice(0, -2);
    const splats = rule.constants.map((_, i) => {
      const local = f.local('v128');
      return { local, set: local.set(v128.loadSplat(constants.get, 4 * i)) };
    });
    const body: Code[] = [];
    const code = instructions(f, body);
    const [w, g, ...slots] = arrays.map((at) => code.keep(v128.load(at.get)));
    const done = rule.update(code, {
      w: w!,
      g: g!,
      slots: Object.fromEntries(rule.slots.map((key, i) => [key, slots[i]!])),
      constants: Object.fromEntries(rule.constants.map((key, i) => [key, splats[i]!.local.get])),
    });
    const stores = [done.w, ...rule.slots.map((key) => done.slots[key]!)].map((value, i) =>
      v128.store(arrays[i === 0 ? 0 : i + 1]!.get, value),
    );
    const advances = arrays.map((at) => at.advance(i32.constant(16)));
    return sequence(
      ...splats.map(({ set }) => set),
      f.times(groups.get, sequence(...body, ...stores, ...advances)),
    );
  },
});

/** @param body takes the instructions that keep a value */
const instructions = (f: FunctionBuilder, body: Code[]): Arithmetic<Code> => ({
  ...f32x4,
  keep: (value) => {
    const local = f.local('v128');
    body.push(local.set(value));
    return local.get;
  },
});

/** The export of a rule's program. */
const exported = ({ id }: Rule): string => `update-${id}`;

/** A program for every rule, by name. */
export const UPDATE_PROGRAMS: Readonly<Record<string, Program>> = Object.fromEntries(
  RULES.map((rule) => [exported(rule), program(rule)]),
);

const kernel =
  (rule: Rule): SimdKernel =>
  (machine, inputs, attributes) => {
    const { constants } = attributes as unknown as UpdateAttributes;
    const size = tf.util.sizeFromShape(inputs[0]!.shape);
    const whole = size - (size % 4);
    const table = machine.allocate(4 * rule.constants.length);
    const addresses = inputs.map((info) => machine.address(info));
    machine.floatsAt(table, rule.constants.length).set(rule.constants.map((key) => constants[key]!));
    if (whole > 0) machine.updates[exported(rule)]!(...addresses, table, whole / 4);
    const [w, g, ...slots] = addresses.map((at) => machine.floatsAt(at + whole * 4, size - whole));
    updateOnHost(rule, w!, g!, slots, constants);
    machine.renew(inputs[0]!);
    return [];
  };

/** By the name of the kernel each takes the place of. */
export const UPDATE_KERNELS: Readonly<Record<string, SimdKernel>> = Object.fromEntries(
  RULES.map((rule) => [updateName(rule), kernel(rule)]),
);
