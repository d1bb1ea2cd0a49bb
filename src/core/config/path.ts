/** A configuration's values by dotted name, as settings are named everywhere: `optimizer.learningRate`. */
import type { RunConfig } from './run-config';

type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @returns undefined where the configuration has no such value */
export const valueAt = (config: RunConfig, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) => (isPlain(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      config,
    );

/** The configuration with a value at this place; whether it is valid is the schema's to say. */
export function withValue(config: RunConfig, path: string, value: unknown): RunConfig {
  const put = (current: unknown, keys: readonly string[]): unknown => {
    const [key, ...rest] = keys;
    if (key === undefined) return value;
    return {
      ...(isPlain(current) ? current : {}),
      [key]: put(isPlain(current) ? current[key] : undefined, rest),
    };
  };
  return put(config, path.split('.')) as RunConfig;
}

/** The configuration with another one's value at this place. */
export const withValueOf = (config: RunConfig, other: RunConfig, path: string): RunConfig =>
  withValue(config, path, valueAt(other, path));

/** Of two parsed configurations, whose keys are in the schema's order. */
export const differsAt = (a: RunConfig, b: RunConfig, path: string): boolean =>
  JSON.stringify(valueAt(a, path)) !== JSON.stringify(valueAt(b, path));
