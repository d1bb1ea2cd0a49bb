/** Runs and recipes can be told apart: by more than colour, and on either ground. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { letterOf } from '../../src/core/compare/letters';
import { MAX_SERIES, memberStyle, seriesStyle } from '../../src/ui/series';

const tokens = readFileSync('src/ui/tokens.css', 'utf8');
/** Both colours of a token: light, dark. */
function pairOf(name: string): readonly [string, string] {
  const [, light, dark] =
    new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(tokens) ?? [];
  if (!light || !dark) throw new Error(`There is no token ${name}.`);
  return [light, dark];
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

describe('series', () => {
  it('no two of those drawn together share a colour or a dash pattern; letters never repeat', () => {
    const styles = Array.from({ length: MAX_SERIES }, (_, i) => seriesStyle(i));
    expect(new Set(styles.map(({ color }) => color)).size).toBe(MAX_SERIES);
    expect(new Set(styles.map(({ dash }) => dash ?? 'solid')).size).toBe(MAX_SERIES);
    expect(new Set(Array.from({ length: 800 }, (_, i) => letterOf(i))).size).toBe(800);
    expect([0, 25, 26, 27, 52].map(letterOf)).toEqual(['A', 'Z', 'AA', 'AB', 'BA']);
  });

  it('whichever are chosen of the first 21, two differ in two of colour, dash and marker at least; of 150, in one', () => {
    const differences = (i: number, j: number): number => {
      const [a, b] = [seriesStyle(i), seriesStyle(j)];
      return [a.color !== b.color, a.dash !== b.dash, a.marker !== b.marker].filter(Boolean).length;
    };
    const pairs = (count: number) =>
      Array.from({ length: count }, (_, i) => Array.from({ length: i }, (__, j) => [i, j] as const)).flat();
    expect(Math.min(...pairs(21).map(([i, j]) => differences(i, j)))).toBe(2);
    expect(Math.min(...pairs(150).map(([i, j]) => differences(i, j)))).toBe(1);
  });

  it('a recipe keeps its letter whichever is the baseline, which alone is drawn in ink', () => {
    for (let baseline = 0; baseline < MAX_SERIES; baseline++) {
      const styles = Array.from({ length: MAX_SERIES }, (_, place) => memberStyle(place, baseline));
      expect(styles.map(({ letter }) => letter).join('')).toBe('ABCDEFGH');
      expect(styles.map(({ color }) => color === 'var(--ink)')).toEqual(
        styles.map((_, place) => place === baseline),
      );
      expect(new Set(styles.map(({ color, dash }) => `${color} ${dash}`)).size).toBe(MAX_SERIES);
    }
  });

  it('every colour exists and stands out from the panel at 3:1 or better, light and dark', () => {
    const names = [...new Set(Array.from({ length: 20 }, (_, i) => seriesStyle(i).color))]
      .filter((color) => color !== 'var(--ink)')
      .map((color) => color.slice(6, -1));
    expect(names.length).toBe(MAX_SERIES - 1);
    const grounds = pairOf('panel');
    for (const name of names)
      pairOf(name).forEach((color, i) =>
        expect(contrast(color, grounds[i]!), `${name} ${color}`).toBeGreaterThanOrEqual(3),
      );
  });
});
