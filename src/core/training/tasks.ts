/** The three things recognised at once. Order is the order of every per-task array in the project. */
export const TASKS = ['emotion', 'speaker', 'gender'] as const;
export type TaskId = (typeof TASKS)[number];
