/**
 * Numbers as people type them, in both languages by one rule, so that a text means the same on an English and
 * a Russian page: a point is the decimal sign, and so is a comma - except where it could also group thousands
 * (`1,000`), which is refused. Spaces may group thousands. Not here: how numbers are written (format.ts) and
 * the field itself (number-field.tsx).
 */

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

/**
 * Why a text is no value: nothing there, not a number, `1,000`, outside the range, or a fraction where whole
 * numbers belong.
 */
export type NumberRefusal = 'empty' | 'notNumber' | 'twoReadings' | 'outOfRange' | 'notWhole';

export type ReadNumber =
  | { readonly value: number; readonly refused: null }
  | { readonly value: null; readonly refused: NumberRefusal };

const SPACE = /[ \u00a0\u202f\u2009]/g;
/** A leading zero cannot stand in front of a group: `0,001` is a thousandth. */
const GROUPED_BY_COMMA = /^[+-]?[1-9]\d{0,2}(,\d{3})+(e[+-]?\d+)?$/i;
const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i;
/** Every group, to the last: `1 000 00` is a slip of the hand, not a hundred thousand. */
const GROUPED_BY_SPACE = /^[+-]?[1-9]\d{0,2}([ \u00a0\u202f\u2009]\d{3})+([.,]\d*)?(e[+-]?\d+)?$/i;

/**
 * @param text as typed: `0.001`, `0,001`, `1e-3`, `1,5e−3`, `10 000`
 * @param range what the value must lie in, ends included
 */
export function readNumber(text: string, { min, max, integer }: NumberRange): ReadNumber {
  const trimmed = text.trim().replaceAll('−', '-');
  if (trimmed === '') return no('empty');
  const plain = GROUPED_BY_SPACE.test(trimmed) ? trimmed.replace(SPACE, '') : trimmed;
  if (GROUPED_BY_COMMA.test(plain)) return no('twoReadings');
  if (!NUMBER.test(plain)) return no('notNumber');
  const value = Number(plain.replace(',', '.'));
  if (integer && !Number.isInteger(value)) return no('notWhole');
  return value >= min && value <= max ? { value, refused: null } : no('outOfRange');
}

const no = (refused: NumberRefusal): ReadNumber => ({ value: null, refused });

/** Both readings of `1,000`, written so that they are understood: without commas, and with a point. */
export function twoReadings(text: string): readonly [thousands: string, decimal: string] {
  const trimmed = text.trim();
  return [trimmed.replaceAll(',', ''), trimmed.replace(',', '.').replaceAll(',', '')];
}

/** Digits that a step may leave behind: sums like 0.1 + 0.2 are cut here. */
const DIGITS = 12;

/**
 * The value that an arrow key leads to, inside the range.
 * @param by whole steps, positive up
 * @param step its size; `any`: one unit of the value's leading digit, so that 0.001 goes to 0.002 and to
 * 0.0009
 */
export function stepped(
  value: number,
  by: number,
  step: number | 'any',
  { min, max, integer }: NumberRange,
): number {
  const next = step === 'any' ? leadingDigit(value, by) : value + by * step;
  const inside = Math.min(max, Math.max(min, Number(next.toPrecision(integer ? 17 : DIGITS))));
  return integer ? Math.round(inside) : inside;
}

function leadingDigit(value: number, by: number): number {
  let next = value;
  for (let i = 0; i < Math.abs(by); i++) {
    if (next === 0) return Math.sign(by) * (Math.abs(by) - i);
    const exponent = Math.floor(Math.log10(Math.abs(next)) + 1e-12);
    const away = Math.sign(by) === Math.sign(next);
    // Towards zero from 1, 0.1, 0.01: the next digit is one place smaller.
    const unit =
      !away && Math.abs(next) <= 10 ** exponent * (1 + 1e-9) ? 10 ** (exponent - 1) : 10 ** exponent;
    next = Number((next + Math.sign(by) * unit).toPrecision(DIGITS));
  }
  return next;
}
