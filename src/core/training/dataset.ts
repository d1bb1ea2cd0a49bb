/** A run's examples: which utterances train, which validate, and their targets per task. */
import type { TaskId } from '../tasks/types';

/** Of a task whose targets are votes. */
export interface VoteCounts {
  /** Labelled utterances whose target is a distribution of votes. */
  readonly used: number;
  /** Labelled utterances without a vote for any of the classes: their target is the label. */
  readonly labelOnly: number;
  /** Votes for what is none of the classes. They are left out. */
  readonly outside: number;
  /** Hash of all distributions, by which a run that goes on knows its targets again. */
  readonly digest: string;
}

export interface Example {
  readonly id: string;
  /** Per task, in the order of RunConfig.tasks: the index of a class, or a number; NaN where there is no label. */
  readonly labels: readonly number[];
  /**
   * Per task whose targets are votes: their shares of its classes; null where there are none to be used, and the
   * label counts; undefined of the other tasks. Absent where no task of the run has such targets.
   */
  readonly shares?: readonly (readonly number[] | null | undefined)[];
}

export interface Dataset {
  /** Class names per task; none of a number. */
  readonly classes: readonly (readonly string[])[];
  readonly train: readonly Example[];
  readonly validation: readonly Example[];
  /** Scored once, with the best checkpoint, at the run's end. Absent where the split holds nothing out. */
  readonly test?: readonly Example[];
  /** Of each task whose targets are votes, how many of all its examples have any; absent without such a task. */
  readonly votes?: Readonly<Record<TaskId, VoteCounts>>;
}
