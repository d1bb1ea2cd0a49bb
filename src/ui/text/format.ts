/**
 * Numbers, sizes, durations and dates as the current language writes them. Formatters are made once a
 * language. Not here: sentences (i18n) and the numbers of exported files, which are always plain ASCII
 * (csv.ts).
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export interface Format {
  /** Grouped integer. */
  readonly integer: (x: number) => string;
  /** Fixed decimals; a dash for what is not a number. */
  readonly fixed: (x: number | null | undefined, digits: number) => string;
  /** `digits` significant places, as on an instrument; below a thousandth with an exponent: 2.5e−4. */
  readonly significant: (x: number | null | undefined, digits?: number) => string;
  /**
   * A reading of an instrument: fixed decimals, and significant places where those would leave nothing of a
   * small number.
   */
  readonly reading: (x: number | null | undefined, digits: number) => string;
  /** 0..1 as a percentage. */
  readonly percent: (x: number | null | undefined, digits?: number) => string;
  /** Bytes in decimal units. */
  readonly bytes: (x: number) => string;
  /** Seconds as m:ss, h:mm:ss, or from a day on 20 d 0 h. */
  readonly duration: (seconds: number | null | undefined) => string;
  readonly date: (ms: number) => string;
  readonly time: (ms: number) => string;
  /**
   * A line of a formula with its numbers, as core/weighting writes it: with this language's decimal sign, and
   * what then keeps numbers apart.
   */
  readonly formula: (line: string) => string;
}

const DASH = '–';
const DAY = 86_400;
/** Zeros in front of a number this small say less than its exponent. */
const SMALL = 1e-3;
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

function makeFormat(language: string): Format {
  const cache = new Map<string, Intl.NumberFormat>();
  const formatter = (key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const known = cache.get(key);
    if (known) return known;
    const made = new Intl.NumberFormat(language, options);
    cache.set(key, made);
    return made;
  };
  /** The letter of a unit: d, h; д, ч. */
  const short = (unit: 'day' | 'hour'): string =>
    (
      formatter(`u${unit}`, { style: 'unit', unit, unitDisplay: 'narrow' })
        .formatToParts(1)
        .find(({ type }) => type === 'unit')?.value ?? unit
    ).replace('.', '');
  const finite = (x: number | null | undefined): x is number => typeof x === 'number' && Number.isFinite(x);
  const minus = (text: string): string => text.replace('-', '−');
  const comma = new Intl.NumberFormat(language)
    .formatToParts(0.5)
    .some(({ type, value }) => type === 'decimal' && value === ',');
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const time = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });

  const format: Format = {
    reading: (x, digits) =>
      finite(x) && x !== 0 && Math.abs(x) < 10 ** (1 - digits)
        ? format.significant(x, 3)
        : format.fixed(x, digits),
    integer: (x) => minus(formatter('i', { maximumFractionDigits: 0 }).format(x)),
    fixed: (x, digits) =>
      finite(x)
        ? minus(
            formatter(`f${digits}`, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
              x,
            ),
          )
        : DASH,
    significant: (x, digits = 3) =>
      !finite(x)
        ? DASH
        : x !== 0 && Math.abs(x) < SMALL
          ? minus(
              minus(
                formatter(`e${digits}`, { maximumSignificantDigits: digits, notation: 'scientific' }).format(
                  x,
                ),
              ).replace('E', 'e'),
            )
          : minus(formatter(`s${digits}`, { maximumSignificantDigits: digits }).format(x)),
    percent: (x, digits = 0) =>
      finite(x)
        ? formatter(`p${digits}`, {
            style: 'percent',
            minimumFractionDigits: digits,
            maximumFractionDigits: digits,
          }).format(x)
        : DASH,
    bytes: (x) => {
      const power = Math.min(UNITS.length - 1, x < 1 ? 0 : Math.floor(Math.log10(x) / 3));
      const unit = UNITS[power] ?? 'byte';
      const value = x / 1000 ** power;
      return formatter(`b${unit}${value < 10 ? 1 : 0}`, {
        style: 'unit',
        unit,
        maximumFractionDigits: value < 10 ? 1 : 0,
      }).format(value);
    },
    duration: (seconds) => {
      if (!finite(seconds)) return DASH;
      const whole = Math.max(0, Math.round(seconds));
      const two = (n: number): string => String(n).padStart(2, '0');
      if (whole >= DAY)
        return `${Math.floor(whole / DAY)} ${short('day')} ${Math.floor((whole % DAY) / 3600)} ${short('hour')}`;
      const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
      return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
    },
    date: (ms) => date.format(ms),
    time: (ms) => time.format(ms),
    formula: (line) =>
      comma ? line.replaceAll(/, (?=[−-]?\d)/g, '; ').replaceAll(/(\d)\.(\d)/g, '$1,$2') : line,
  };
  return format;
}

const formats = new Map<string, Format>();

/** The formatters of a language tag. */
export function formatFor(language: string): Format {
  const known = formats.get(language);
  if (known) return known;
  const made = makeFormat(language);
  formats.set(language, made);
  return made;
}

/** The formatters of the language on screen. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  return useMemo(() => formatFor(i18n.language), [i18n.language]);
}
