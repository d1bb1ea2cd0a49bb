/** A monitor as one word, for links, tables and lists to choose from: `task:emotion:uar`. */
import type { Monitor } from './run-config';

export const monitorText = (monitor: Monitor): string =>
  monitor.of === 'task' ? `task:${monitor.task}:${monitor.metric}` : monitor.of;

/** @returns what the text says, valid or not: the schema decides */
export function monitorOf(text: string): unknown {
  const [of, task, ...metric] = text.split(':');
  return of === 'task' && task !== undefined ? { of, task, metric: metric.join(':') } : { of: text };
}
