/** What cells say: numbers with a point or a comma, times in the forms that tables of segments use. */

const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i;
/** As pandas, NumPy, R and spreadsheets write that there is nothing. */
const NOTHING = new Set(['', 'nan', 'nat', 'na', 'n/a', 'none', 'null', '<na>', '#n/a', '-']);
const LONGEST_NOTHING = 4;

/** Whether a cell says that nothing is known. */
export const isBlank = (cell: string): boolean =>
  cell.length <= LONGEST_NOTHING && NOTHING.has(cell.toLowerCase());

/** @returns null for what is no number; a comma is a decimal comma, for no table of ours groups thousands */
export function numberOf(cell: string): number | null {
  if (!NUMBER.test(cell)) return null;
  const value = Number(cell.replace(',', '.'));
  return Number.isFinite(value) ? value : null;
}

const CLOCK = /^(?:(\d+) days? ?)?\+?(\d+):(\d{1,2}):(\d{1,2}(?:[.,]\d*)?)$/i;
const MINUTES = /^(\d+):(\d{1,2}(?:[.,]\d*)?)$/;
const UNIT = /^(\d+(?:[.,]\d+)?|[.,]\d+) ?(ms|s|sec|seconds?)$/i;

/**
 * A time from the start of a file: `0 days 00:00:01.5` (pandas), `00:00:01.5`, `1:30`, `150 ms`, or a bare
 * number of seconds (audformat).
 * @returns seconds, 0 or more; null: nothing said (empty, `NaT`); undefined: no time
 */
export function secondsOf(cell: string): number | null | undefined {
  if (isBlank(cell)) return null;
  const plain = numberOf(cell);
  if (plain !== null) return plain >= 0 ? plain : undefined;
  const decimal = (text: string): number => Number(text.replace(',', '.'));
  const clock = CLOCK.exec(cell);
  if (clock) {
    const [, days = '0', hours, minutes, seconds] = clock;
    return finite(Number(days) * 86400 + Number(hours) * 3600 + Number(minutes) * 60 + decimal(seconds!));
  }
  const short = MINUTES.exec(cell);
  if (short) return finite(Number(short[1]) * 60 + decimal(short[2]!));
  const unit = UNIT.exec(cell);
  if (unit) return finite(decimal(unit[1]!) / (unit[2]!.toLowerCase() === 'ms' ? 1000 : 1));
  return undefined;
}

const finite = (seconds: number): number | undefined => (Number.isFinite(seconds) ? seconds : undefined);
