/** A run's examples: which utterances train, which validate, and their class indices per task. */
export interface Example {
  readonly id: string;
  /** Class index per task, in the order of RunConfig.tasks. */
  readonly labels: readonly number[];
}

export interface Dataset {
  /** Class names per task. */
  readonly classes: readonly (readonly string[])[];
  readonly train: readonly Example[];
  readonly validation: readonly Example[];
}
