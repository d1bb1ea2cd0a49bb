/** A run's examples: which utterances train, which validate, and their targets per task. */
export interface Example {
  readonly id: string;
  /** Per task, in the order of RunConfig.tasks: the index of a class, or a number; NaN where there is no label. */
  readonly labels: readonly number[];
}

export interface Dataset {
  /** Class names per task; none of a number. */
  readonly classes: readonly (readonly string[])[];
  readonly train: readonly Example[];
  readonly validation: readonly Example[];
  /** Scored once, with the best checkpoint, at the run's end. Absent where the split holds nothing out. */
  readonly test?: readonly Example[];
}
