/**
 * An option of whatever is chosen by name (optimiser, schedule, split, augmentation, loss, strategy, ...),
 * declared once: its default and range, its name in a link, whether it acts while training runs. Schema,
 * defaults, link fields, controls, reset marks and the view of differences are all read from it. Its name on
 * screen is `fields.<key>` in src/app/i18n. Not here: the schema (schema.ts).
 */

interface Common {
  /** Its name in a link, where that is not its key. */
  readonly link?: string;
  /** Its value in the name of a run, such as `batch 32`; absent: the value alone. */
  readonly short?: (value: never) => string;
  /** Acts from the next step on while training runs; others only where a run begins. */
  readonly live?: boolean;
  /** Whether it says anything, given the entry's other options; absent: always. Only then it is shown. */
  readonly acts?: (options: Readonly<Record<string, unknown>>) => boolean;
}

export interface NumberField extends Common {
  readonly kind: 'number';
  readonly default: number;
  /** Inclusive. */
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
  /** What its control offers for choice; absent: any number in the range. */
  readonly offers?: readonly number[];
  /** Of a slider or a spinner; absent: the control chooses. */
  readonly step?: number;
  /** `share`: of a whole, shown in per cent on a slider; others are in the words of the option. */
  readonly unit?: 'share' | 'dB' | 'Hz' | 'samples' | 'bands';
  /** A slider beside the number, for what one wants to see changing while one drags. */
  readonly slider?: true;
}

/** A number that may be left open: `null`, called `none` in a link (`auto`, `own`, `off`). */
export interface OpenNumberField extends Omit<NumberField, 'kind' | 'default'> {
  readonly kind: 'open-number';
  readonly default: number | null;
  readonly none: string;
  /** What it begins at where it is switched on; absent: its smallest value. */
  readonly start?: number;
}

export interface BooleanField extends Common {
  readonly kind: 'boolean';
  readonly default: boolean;
}

/** One of a few, by name. */
export interface ChoiceField<C extends string = string> extends Common {
  readonly kind: 'choice';
  readonly choices: readonly C[];
  readonly default: NoInfer<C>;
}

/** A short name: of a column, a file, a group. */
export interface TextField extends Common {
  readonly kind: 'text';
  readonly default: string;
  readonly maxLength: number;
}

/** A task, by its position in RunConfig.tasks. */
export interface TaskField extends Common {
  readonly kind: 'task';
  readonly default: number;
}

/** One number per task. */
export interface PerTaskField extends Omit<NumberField, 'kind' | 'integer'> {
  readonly kind: 'perTask';
}

export type Field =
  | NumberField
  | OpenNumberField
  | BooleanField
  | ChoiceField
  | TextField
  | TaskField
  | PerTaskField;

/** The options of one entry of a registry, by key, in the order in which they are shown. */
export type Fields = Readonly<Record<string, Field>>;

/** What a field holds. */
export type ValueOf<F extends Field> = F extends NumberField | TaskField
  ? number
  : F extends OpenNumberField
    ? number | null
    : F extends BooleanField
      ? boolean
      : F extends ChoiceField<infer C>
        ? C
        : F extends TextField
          ? string
          : readonly number[];

export type Values<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };

export const numberField = (field: Omit<NumberField, 'kind'>): NumberField => ({ kind: 'number', ...field });
export const openNumberField = (field: Omit<OpenNumberField, 'kind'>): OpenNumberField => ({
  kind: 'open-number',
  ...field,
});
export const booleanField = (field: Omit<BooleanField, 'kind'>): BooleanField => ({
  kind: 'boolean',
  ...field,
});
export const choiceField = <const C extends string>(field: Omit<ChoiceField<C>, 'kind'>): ChoiceField<C> => ({
  kind: 'choice',
  ...field,
});
export const taskField = (field: Omit<TaskField, 'kind'>): TaskField => ({ kind: 'task', ...field });
export const perTaskField = (field: Omit<PerTaskField, 'kind'>): PerTaskField => ({
  kind: 'perTask',
  ...field,
});
export const textField = (field: Omit<TextField, 'kind'>): TextField => ({ kind: 'text', ...field });

/** @returns every option at its default; of a list, one number per task */
export const defaultsOf = <F extends Fields>(fields: F, taskCount = 1): Values<F> =>
  Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [key, defaultOf(field, taskCount)]),
  ) as Values<F>;

/** Whether an option says nothing but its default; of a list, in every place. */
export const isDefault = (field: Field | undefined, value: unknown): boolean =>
  field?.kind === 'perTask'
    ? Array.isArray(value) && value.every((one) => one === field.default)
    : value === field?.default;

export const defaultOf = (field: Field, taskCount: number): ValueOf<Field> =>
  field.kind === 'perTask' ? Array.from({ length: taskCount }, () => field.default) : field.default;
