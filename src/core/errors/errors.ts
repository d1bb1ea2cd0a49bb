/** Errors as everybody imports them: the classes, and how they travel. */
export type { ErrorDetails } from './catalogue';
export * from './classes';
export * from './wire';
