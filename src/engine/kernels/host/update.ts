/** One update of one parameter by an optimiser's rule (src/core/optim): a host kernel that overwrites what it is given. */
import { updateOnHost } from '../../../core/optim/host';
import { RULES } from '../../../core/optim/registry';
import type { Rule } from '../../../core/optim/rule';
import type * as tf from '../../tf';
import type { Constants, UpdatedTensors } from '../kernels';
import { hostKernel, type HostFunction } from './kernel';

export interface UpdateAttributes {
  readonly rule: Rule;
  readonly constants: Constants;
}

/** The registered name of a rule's kernel. */
export const updateName = (rule: Rule): string => `EquipoiseUpdate/${rule.id}`;

const registered = new Map<Rule, HostFunction<UpdateAttributes>>();

/** The host kernel of a rule, registered when it is first asked for. */
function onHost(rule: Rule): HostFunction<UpdateAttributes> {
  let kernel = registered.get(rule);
  if (!kernel) {
    kernel = hostKernel<UpdateAttributes>({
      name: updateName(rule),
      outputs: () => [],
      compute: (inputs, _outputs, { constants }) => {
        const [w, g, ...slots] = inputs as Float32Array[];
        updateOnHost(rule, w!, g!, slots, constants);
      },
    });
    registered.set(rule, kernel);
  }
  return kernel;
}
// SIMD kernels take the place of registered ones, and so come later.
RULES.forEach(onHost);

/** The inputs `w` and `slots` hold the new values and are returned. */
export function update(
  rule: Rule,
  w: tf.Tensor,
  g: tf.Tensor,
  slots: readonly tf.Tensor[],
  constants: Constants,
): UpdatedTensors {
  onHost(rule)([w, g, ...slots], { rule, constants });
  return { w, slots };
}
