/**
 * An optimiser's rule as WGSL: an update of a whole range of flat memory in one dispatch, in place. One kernel a
 * rule, called as the rule is.
 */
import { RULES } from '../../../core/optim/registry';
import type { Arithmetic, Rule } from '../../../core/optim/rule';
import type { Constants } from '../kernels';
import { flat, flatIndex, reads, writes, type Gpu, type Operand } from './gpu';
import { Kernel } from './registry';
import { divides4, lane } from './wgsl';

export interface UpdateOperands {
  readonly w: Operand;
  readonly g: Operand;
  /** In the rule's order. */
  readonly slots: readonly Operand[];
  readonly constants: Constants;
}

export type UpdateKernel = Kernel<{ readonly count: number }, UpdateOperands>;

const slotName = (key: string): string => `slot_${key}`;

/** Expressions; what is kept becomes a line of its own. */
const expressions = (lines: string[]): Arithmetic<string> => ({
  add: (a, b) => `(${a} + ${b})`,
  sub: (a, b) => `(${a} - ${b})`,
  mul: (a, b) => `(${a} * ${b})`,
  div: (a, b) => `(${a} / ${b})`,
  sqrt: (a) => `sqrt(${a})`,
  keep: (value) => {
    const name = `kept${lines.length}`;
    lines.push(`let ${name} = ${value};`);
    return name;
  },
});

function code(rule: Rule): string {
  const lines: string[] = [];
  const written = expressions(lines);
  const done = rule.update(written, {
    w: written.keep('w[index]'),
    g: written.keep('g[index]'),
    slots: Object.fromEntries(rule.slots.map((key) => [key, `${slotName(key)}[index]`])),
    constants: Object.fromEntries(rule.constants.map((key) => [key, `v.${key}`])),
  });
  return `${flatIndex}
  if (index >= u.count) { return; }
  ${lines.join('\n  ')}
  ${rule.slots.map((key) => `${slotName(key)}[index] = ${done.slots[key]!};`).join('\n  ')}
  w[index] = ${done.w};
}`;
}

const kernelOf = (rule: Rule): UpdateKernel =>
  new Kernel(rule.id, () => 'any', [
    {
      name: 'flat',
      supports: () => true,
      run(gpu: Gpu, { count }, { w, g, slots, constants }) {
        const type = lane(divides4(count));
        const elements = divides4(count) ? count / 4 : count;
        gpu.run({
          label: `${rule.id} ${type}`,
          bindings: [
            writes('w', type, w),
            reads('g', type, g),
            ...rule.slots.map((key, i) => writes(slotName(key), type, slots[i]!)),
          ],
          sizes: { count: elements },
          values: Object.fromEntries(rule.constants.map((key) => [key, constants[key]!])),
          workgroups: flat(elements),
          code: () => code(rule),
        });
      },
    },
  ]);

const made = new Map(RULES.map((rule) => [rule, kernelOf(rule)]));

/** The kernel of a rule; of one that is in no registry, made when it is first asked for. */
export function updateKernel(rule: Rule): UpdateKernel {
  let kernel = made.get(rule);
  if (!kernel) made.set(rule, (kernel = kernelOf(rule)));
  return kernel;
}
