/** What the schema found, as an error that says which field does not fit and why. */
import type * as v from 'valibot';
import { secondOfOne } from '../augment/registry';
import type { Reason, Why } from '../errors/catalogue';
import { REASONS } from '../errors/catalogue/reasons';
import { ConfigError } from '../errors/errors';
import { RANGES, type RangeName } from './ranges';
import type { RunConfig } from './run-config';
import { SCHEMA } from './schema';
import { nearest } from './suggest';

/** Fields whose range goes by another name. */
const RANGE_OF: Readonly<Record<string, RangeName>> = { 'instruments.every': 'measureEvery' };
/** Longer lists of choices are not repeated in a message. */
const LISTED = 12;

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
      if (range) return badConfig(field, { why: 'range', min: range.min, max: range.max });
      if (issue.type === 'min_value')
        return badConfig(field, { why: 'least', limit: Number(issue.requirement) });
      if (issue.type === 'max_value')
        return badConfig(field, { why: 'most', limit: Number(issue.requirement) });
      break;
    case 'check':
      if (field === 'augmentations') {
        const id = secondOfOne(issue.input as RunConfig['augmentations']) ?? '';
        return badConfig(field, { why: 'onceInList', id });
      }
      // The message of a check in the schema is the name of its reason.
      if (isWhy(issue.message)) return badConfig(field, { why: issue.message } as Reason);
      break;
    case 'min_length':
    case 'max_length':
      if (field !== 'exclude') break;
      return issue.type === 'min_length'
        ? badConfig(field, { why: 'least', limit: Number(issue.requirement) })
        : badConfig(field, { why: 'mostIds', limit: Number(issue.requirement) });
    case 'integer':
      return badConfig(field, { why: 'whole' });
    case 'number':
      return badConfig(field, { why: 'number' });
    case 'picklist':
    case 'variant': {
      if (issue.expected === 'Object') return badConfig(field, { why: 'object' });
      const choices = choicesOf(issue.expected);
      const near =
        typeof issue.received === 'string' ? nearest(issue.received.replaceAll('"', ''), choices) : null;
      if (choices.length <= LISTED) return badConfig(field, { why: 'choice', choices: choices.join(', ') });
      return near === null
        ? badConfig(field, { why: 'noChoice' })
        : badConfig(field, { why: 'nearChoice', near });
    }
    case 'strict_object': {
      // Either a field that is missing or one too many: then valibot expects nothing there.
      const parent = issue.path?.at(-1)?.input;
      if (issue.expected !== 'never') return badConfig(field, { why: 'missing' });
      const near = nearest(
        name,
        [
          ...KNOWN_FIELDS,
          ...(typeof parent === 'object' && parent !== null ? Object.keys(parent) : []),
        ].filter((key) => key !== name),
      );
      return near === null ? badConfig(field, { why: 'key' }) : badConfig(field, { why: 'nearKey', near });
    }
    default:
  }
  return badConfig(field, { reason: issue.message });
}

const KNOWN_FIELDS = Object.keys(SCHEMA.entries);

/** Out of `("a" | "b")` or `(256 | 512)`, as valibot tells it. */
const choicesOf = (expected: string | null): readonly string[] =>
  (expected ?? '').replaceAll(/[()"]/g, '').split(' | ');

/** @param reason of the catalogue, with its values */
export function badConfig(field: string, reason: Reason): ConfigError {
  return new ConfigError('bad-config', { field, ...reason });
}

const isWhy = (name: string): name is Why => Object.hasOwn(REASONS, name);
