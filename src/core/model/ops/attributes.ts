/**
 * What an operation's attributes may be: each field states its kind and range once; the type follows from it
 * and the builder checks against it.
 */
import { ModelError } from '../../errors/errors';
import type { Attributes } from '../graph';

export type AttributeField =
  | { readonly kind: 'whole'; readonly min: number; readonly default?: number }
  | { readonly kind: 'number'; readonly min: number; readonly below: number; readonly default?: number }
  | { readonly kind: 'flag'; readonly default: boolean }
  | { readonly kind: 'choice'; readonly of: readonly string[]; readonly default: string };

export type AttributeFields = Readonly<Record<string, AttributeField>>;

type TypeOf<F extends AttributeField> = F extends { readonly kind: 'flag' }
  ? boolean
  : F extends { readonly of: readonly (infer C)[] }
    ? C
    : number;

/** The attributes of an operation, complete. */
export type AttributesOf<F extends AttributeFields> = { readonly [K in keyof F]: TypeOf<F[K]> };

type Optional<F extends AttributeFields> = {
  [K in keyof F]: F[K] extends { readonly default: unknown } ? K : never;
}[keyof F];

/** As the builder is given them: what has a default may be left out. */
export type GivenAttributes<F extends AttributeFields> = Omit<AttributesOf<F>, Optional<F>> &
  Partial<Pick<AttributesOf<F>, Optional<F>>>;

const allows = (field: AttributeField, value: unknown): boolean => {
  switch (field.kind) {
    case 'whole':
      return Number.isInteger(value) && (value as number) >= field.min;
    case 'number':
      return typeof value === 'number' && value >= field.min && value < field.below;
    case 'flag':
      return typeof value === 'boolean';
    case 'choice':
      return field.of.includes(value as string);
  }
};

/**
 * The attributes with defaults filled in. @param where names the node in an error
 * @throws ModelError `graph-attribute` for one that is missing, unknown or out of range
 */
export function completeAttributes<F extends AttributeFields>(
  fields: F,
  given: Attributes,
  where: string,
): AttributesOf<F> {
  const wrong = (name: string, value: unknown): ModelError =>
    new ModelError('graph-attribute', { node: where, attribute: name, value: String(value) });
  const unknown = Object.keys(given).find((name) => !(name in fields));
  if (unknown !== undefined) throw wrong(unknown, given[unknown]);
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const value = given[name] ?? field.default;
      if (!allows(field, value)) throw wrong(name, value);
      return [name, value];
    }),
  ) as AttributesOf<F>;
}
