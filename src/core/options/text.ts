/** Values of options as links, tables and CSV files write them. */

/** `1;0.5;2`, `true`, `regression` */
export const optionText = (value: number | boolean | string | null | readonly number[]): string =>
  Array.isArray(value) ? value.join(';') : String(value);
