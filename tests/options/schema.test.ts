/** A registry's schema from the declarations of its entries' options. */
import * as v from 'valibot';
import { expect, expectTypeOf, it } from 'vitest';
import {
  booleanField,
  choiceField,
  defaultsOf,
  numberField,
  openNumberField,
} from '../../src/core/options/field';
import { entrySchema, type Frozen } from '../../src/core/options/schema';

const CAR = {
  wheels: numberField({ default: 4, min: 3, max: 18, integer: true }),
  colour: choiceField({ choices: ['red', 'blue'], default: 'red' }),
};
const BOAT = {
  sails: openNumberField({ default: null, none: 'motor', min: 1, max: 20, integer: true }),
  dinghy: booleanField({ default: false }),
};
const ENTRIES = [
  { id: 'car', schema: entrySchema('id', 'car', CAR) },
  { id: 'boat', schema: entrySchema('id', 'boat', BOAT) },
] as const;
const SCHEMA = v.variant(
  'id',
  ENTRIES.map(({ schema }) => schema),
);

it('infers the type of a choice from the declarations', () => {
  expectTypeOf<Frozen<v.InferOutput<typeof SCHEMA>>>().toEqualTypeOf<
    | { readonly id: 'car'; readonly wheels: number; readonly colour: 'red' | 'blue' }
    | { readonly id: 'boat'; readonly sails: number | null; readonly dinghy: boolean }
  >();
});

it('completes what is absent, as the defaults say', () => {
  expect(v.parse(SCHEMA, { id: 'car', wheels: 6 })).toEqual({ id: 'car', wheels: 6, colour: 'red' });
  expect(v.parse(SCHEMA, { id: 'boat' })).toEqual({ id: 'boat', ...defaultsOf(BOAT) });
});

it.each([
  { id: 'car', wheels: 2 },
  { id: 'car', wheels: 4.5 },
  { id: 'car', colour: 'green' },
  { id: 'car', sails: 1 },
  { id: 'boat', sails: Number.NaN },
  { id: 'plane' },
])('refuses %j', (value) => {
  expect(v.safeParse(SCHEMA, value).success).toBe(false);
});
