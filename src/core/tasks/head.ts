/** What a task asks of the model: as many outputs as it has classes, or one number. */

export interface TaskHead {
  readonly task: string;
  /** Outputs. */
  readonly classes: number;
  /** Absent: classes. */
  readonly kind?: 'number';
}

/** @param names of the classes, none of a number */
export const headOf = (task: string, names: readonly string[]): TaskHead =>
  names.length === 0 ? { task, classes: 1, kind: 'number' } : { task, classes: names.length };
