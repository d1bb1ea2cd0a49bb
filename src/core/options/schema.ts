/**
 * The valibot schema of an entry's options, from their declarations. A registry's schema is then
 * `v.variant('id', ENTRIES.map(({ schema }) => schema))`, and RunConfig is composed of the registries'.
 */
import * as v from 'valibot';
import { defaultOf, type Field, type Fields, type ValueOf } from './field';

type FieldSchema<F extends Field> = v.GenericSchema<ValueOf<F> | undefined, ValueOf<F>>;
type Entries<F extends Fields> = { readonly [K in keyof F]: FieldSchema<F[K]> };

const bounded = ({ min, max }: { readonly min: number; readonly max: number }) =>
  v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));

/** As many tasks as a run may have: bounds a list of one number per task. */
const MOST_TASKS = 8;

function bare(field: Field): v.GenericSchema {
  switch (field.kind) {
    case 'number':
      return field.integer ? v.pipe(bounded(field), v.integer()) : bounded(field);
    case 'open-number':
      return v.nullable(field.integer ? v.pipe(bounded(field), v.integer()) : bounded(field));
    case 'boolean':
      return v.boolean();
    case 'choice':
      return v.picklist(field.choices);
    case 'text':
      return v.pipe(v.string(), v.maxLength(field.maxLength));
    case 'task':
      return v.pipe(bounded({ min: 0, max: MOST_TASKS - 1 }), v.integer());
    case 'perTask':
      return v.pipe(v.array(bounded(field)), v.maxLength(MOST_TASKS));
  }
}

/** The schema of what a field holds; it must be there. */
export const valueSchema = <F extends Field>(field: F): v.GenericSchema<ValueOf<F>> =>
  bare(field) as unknown as v.GenericSchema<ValueOf<F>>;

/** The schema of one field; absent, it is its default. */
export const fieldSchema = <F extends Field>(field: F): FieldSchema<F> =>
  v.optional(bare(field), defaultOf(field, 1)) as unknown as FieldSchema<F>;

/**
 * `{ [key]: id, ...options }`, every option at its default where it is absent and nothing else allowed.
 * @param key the name of the field that holds the id: `id`, or `kind` of a split
 */
export const entrySchema = <const K extends string, const Id extends string, const F extends Fields>(
  key: K,
  id: Id,
  fields: F,
) =>
  v.strictObject({
    [key]: v.literal(id),
    ...Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)])),
  } as { readonly [_ in K]: v.LiteralSchema<Id, undefined> } & Entries<F>);

/**
 * Options that are completed elsewhere, since a list of one number per task is as long as the run has tasks:
 * any of them may be absent, and nothing else is allowed.
 */
export const optionsSchema = (fields: Fields): v.GenericSchema<Readonly<Record<string, ValueOf<Field>>>> =>
  v.strictObject(
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, v.exactOptional(bare(field))])),
  ) as unknown as v.GenericSchema<Readonly<Record<string, ValueOf<Field>>>>;

/** What a schema accepts, nothing of it to be changed: `Frozen<v.InferOutput<typeof SCHEMA>>`. */
export type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;
