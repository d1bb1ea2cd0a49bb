/** What the schema found, as an error that says which field does not fit and why. */
import type * as v from 'valibot';
import { secondOfOne } from '../augment/registry';
import { ConfigError, type ErrorDetails } from '../errors/errors';
import { RANGES, type RangeName } from './ranges';
import type { RunConfig } from './run-config';
import { SCHEMA } from './schema';
import { nearest } from './suggest';

/** Fields whose range goes by another name. */
const RANGE_OF: Readonly<Record<string, RangeName>> = { 'instruments.every': 'measureEvery' };
/** Longer lists of choices are not repeated in a message. */
const LISTED = 8;

/** What valibot found, in words of our own where there are some. */
export function refusal(issue: v.InferIssue<typeof SCHEMA>): ConfigError {
  const field = issue.path?.map((part) => String(part.key)).join('.') ?? '';
  const name = field.split('.').at(-1) ?? '';
  const range = Object.hasOwn(RANGES, RANGE_OF[field] ?? name)
    ? RANGES[RANGE_OF[field] ?? (name as RangeName)]
    : null;
  switch (issue.type) {
    case 'min_value':
    case 'max_value':
    case 'finite':
      if (range)
        return badConfig(field, `it must lie between ${range.min} and ${range.max}`, {
          why: 'range',
          min: range.min,
          max: range.max,
        });
      if (issue.type === 'min_value')
        return badConfig(field, `it must be at least ${Number(issue.requirement)}`, {
          why: 'least',
          limit: Number(issue.requirement),
        });
      if (issue.type === 'max_value')
        return badConfig(field, `it must be at most ${Number(issue.requirement)}`, {
          why: 'most',
          limit: Number(issue.requirement),
        });
      break;
    case 'check':
      if (field === 'tasks') return badConfig(field, 'each task once', { why: 'once' });
      if (field === 'augmentations') {
        const id = secondOfOne(issue.input as RunConfig['augmentations']) ?? '';
        return badConfig(field, `“${id}” may stand in the list once: a second one would do nothing`, {
          why: 'onceInList',
          id,
        });
      }
      break;
    case 'integer':
      return badConfig(field, 'it must be a whole number', { why: 'whole' });
    case 'number':
      return badConfig(field, 'it must be a number', { why: 'number' });
    case 'picklist':
    case 'variant': {
      if (issue.expected === 'Object') return badConfig(field, 'it must be an object', { why: 'object' });
      const choices = choicesOf(issue.expected);
      const near =
        typeof issue.received === 'string' ? nearest(issue.received.replaceAll('"', ''), choices) : null;
      if (choices.length <= LISTED)
        return badConfig(field, `it must be one of: ${choices.join(', ')}`, {
          why: 'choice',
          choices: choices.join(', '),
        });
      return near === null
        ? badConfig(field, 'there is no such choice', { why: 'noChoice' })
        : badConfig(field, `there is no such choice; the nearest is “${near}”`, { why: 'nearChoice', near });
    }
    case 'strict_object': {
      // Either a field that is missing or one too many: then valibot expects nothing there.
      const parent = issue.path?.at(-1)?.input;
      if (issue.expected !== 'never') return badConfig(field, 'it is missing', { why: 'missing' });
      const near = nearest(
        name,
        [
          ...KNOWN_FIELDS,
          ...(typeof parent === 'object' && parent !== null ? Object.keys(parent) : []),
        ].filter((key) => key !== name),
      );
      return near === null
        ? badConfig(field, 'there is no such field', { why: 'key' })
        : badConfig(field, `there is no such field; the nearest is “${near}”`, { why: 'nearKey', near });
    }
    default:
  }
  return badConfig(field, issue.message);
}

const KNOWN_FIELDS = Object.keys(SCHEMA.entries);

/** Out of `("a" | "b")` or `(256 | 512)`, as valibot tells it. */
const choicesOf = (expected: string | null): readonly string[] =>
  (expected ?? '').replaceAll(/[()"]/g, '').split(' | ');

export function badConfig(field: string, reason: string, more: ErrorDetails = {}): ConfigError {
  return new ConfigError(
    'bad-config',
    `The configuration's “${field}” does not fit: ${reason}.`,
    'Correct the value, or start from a preset.',
    { field, reason, ...more },
  );
}
