/** Eight tasks can be told apart: by more than colour, on either ground, and with colour-vision deficiencies. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TASK_SLOTS } from '../../src/core/tasks/types';
import { PAPER_TASKS } from '../../src/core/tasks/presets';
import { markerPath, noteTasks, TASK_STYLES, taskStyle } from '../../src/ui/tasks';

const tokens = readFileSync('src/ui/tokens.css', 'utf8');
/** Both colours of a token: light, dark; linear RGB. */
function pairOf(name: string): readonly (readonly number[])[] {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(tokens);
  if (!found) throw new Error(`There is no token ${name}.`);
  return found
    .slice(1)
    .map((hex) =>
      [1, 3, 5]
        .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)),
    );
}
const times = (matrix: readonly (readonly number[])[], of: readonly number[]): number[] =>
  matrix.map((row) => row.reduce((sum, value, i) => sum + value * of[i]!, 0));
const contrast = (a: readonly number[], b: readonly number[]): number => {
  const [x, y] = [a, b].map((one) => times([[0.2126, 0.7152, 0.0722]], one)[0]!) as [number, number];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
};

/** Machado, Oliveira, Fernandes 2009, severity 1; on linear RGB. */
const VISION: Readonly<Record<string, readonly (readonly number[])[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const XYZ = [
  [0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339 / 1.08883, 0.119192 / 1.08883, 0.9503041 / 1.08883],
];
function lab(rgb: readonly number[]): readonly number[] {
  const clipped = rgb.map((value) => Math.min(1, Math.max(0, value)));
  const [x, y, z] = times(XYZ, clipped).map((v) => (v > 0.008856 ? Math.cbrt(v) : 7.787 * v + 16 / 116)) as [
    number,
    number,
    number,
  ];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, i) => value - b[i]!));

describe('the looks of tasks', () => {
  it('are eight; no two share a colour, a dash pattern or a marker', () => {
    expect(TASK_STYLES.length).toBe(TASK_SLOTS);
    for (const key of ['color', 'dash', 'marker'] as const)
      expect(new Set(TASK_STYLES.map((style) => style[key])).size).toBe(TASK_SLOTS);
    expect(new Set(TASK_STYLES.map(({ marker }) => markerPath(marker, 3))).size).toBe(TASK_SLOTS);
  });

  it('the paper’s tasks look as they did', () => {
    expect(PAPER_TASKS.map(({ id }) => taskStyle(id))).toEqual([
      { color: 'var(--task-0)', dash: undefined, marker: 'circle' },
      { color: 'var(--task-1)', dash: '8 3', marker: 'square' },
      { color: 'var(--task-2)', dash: '2 2.5', marker: 'triangle' },
    ]);
    expect(tokens).toContain('--task-0: light-dark(#cc3311, #ee7733)');
    expect(tokens).toContain('--task-1: light-dark(#0077bb, #33bbee)');
    expect(tokens).toContain('--task-2: light-dark(#009988, #14b8a2)');
  });

  it('a task looks as its spec says', () => {
    noteTasks([{ id: 'arousal', slot: 5 }]);
    expect(taskStyle('arousal')).toBe(TASK_STYLES[5]);
  });

  it.each([0, 1])('stand out from ground and panel at 3:1 or better (theme %i)', (theme) => {
    for (const ground of ['ground', 'panel'])
      for (let slot = 0; slot < TASK_SLOTS; slot++)
        expect(contrast(pairOf(`task-${slot}`)[theme]!, pairOf(ground)[theme]!)).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.keys(VISION))('added ones differ from all others with %s vision', (vision) => {
    for (const theme of [0, 1]) {
      const seen = Array.from({ length: TASK_SLOTS }, (_, slot) =>
        lab(times(VISION[vision]!, pairOf(`task-${slot}`)[theme]!)),
      );
      for (let i = 3; i < TASK_SLOTS; i++)
        for (let j = 0; j < i; j++) expect(distance(seen[i]!, seen[j]!), `${i} and ${j}`).toBeGreaterThan(24);
    }
  });
});
