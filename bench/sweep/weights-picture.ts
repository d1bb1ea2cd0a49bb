/**
 * Effective weights by epoch as a picture: a small panel a strategy with its own scale, a line a task, means
 * over seeds.
 */
import type { SweepRun } from './data';
import { picture, place, TASK_STYLES } from './drawing';
import { PLAN } from './plan';
import { taskIds } from '../../src/core/tasks/types';

const [COLUMNS, WIDTH, HEIGHT, LEFT, TOP, HEAD, FOOT] = [3, 270, 130, 38, 34, 24, 26];

const amount = (value: number): string =>
  value === 0
    ? '0'
    : Math.abs(value) >= 1000
      ? `${Math.round(value / 1000)}k`
      : value.toFixed(2).replace('-', '−');

export function weightsPicture(runs: readonly SweepRun[]): string {
  const tasks = taskIds(runs[0]!.config);
  const shown = PLAN.filter(({ strategy }) => strategy.id !== 'single-task');
  const panels = shown.map(({ label }, i) => {
    const own = runs.filter((run) => run.label === label);
    const epochs = Math.min(...own.map(({ steps }) => steps.length));
    const curves = tasks.map((_, t) =>
      Array.from(
        { length: epochs },
        (_unused, e) => own.reduce((sum, run) => sum + run.effective[t]![e]!, 0) / own.length,
      ),
    );
    const [left, top] = [LEFT + (i % COLUMNS) * WIDTH, TOP + Math.floor(i / COLUMNS) * HEIGHT + HEAD];
    const [right, bottom] = [left + WIDTH - LEFT - 14, top + HEIGHT - HEAD - FOOT];
    const [low, high] = [Math.min(0, ...curves.flat()), Math.max(...curves.flat())];
    const x = (e: number): string => place(left + (e / (epochs - 1)) * (right - left));
    const y = (value: number): string => place(bottom - ((value - low) / (high - low)) * (bottom - top));
    const mark = (value: number): string =>
      `<line class="${value === 0 ? 'zero' : 'grid'}" x1="${left}" x2="${right}" y1="${y(value)}" y2="${y(value)}"/><text class="soft" text-anchor="end" x="${left - 4}" y="${place(Number(y(value)) + 4)}">${amount(value)}</text>`;
    // Marks that would touch: the lower edge gives way to zero.
    const marks = [high, 0, ...(low < -0.15 * high ? [low] : [])];
    return [
      `<text class="head" x="${left}" y="${top - 8}">${label}</text>`,
      ...marks.map(mark),
      `<text class="soft" x="${left}" y="${bottom + 14}">1</text><text class="soft" text-anchor="end" x="${right}" y="${bottom + 14}">${epochs}</text>`,
      ...curves.map(
        (curve, t) =>
          `<path class="curve ${TASK_STYLES[t]!.name}" stroke-dasharray="${TASK_STYLES[t]!.dash}" d="M${curve.map((value, e) => `${x(e)},${y(value)}`).join('L')}"/>`,
      ),
    ].join('\n');
  });
  const width = COLUMNS * WIDTH;
  const said = shown
    .map(
      ({ label }) =>
        `${label}: ${tasks.map((task, t) => `${task} ${runs.find((run) => run.label === label)!.effective[t]!.at(-1)!}`).join(', ')}`,
    )
    .join('; ');
  return picture(
    width,
    TOP + Math.ceil(shown.length / COLUMNS) * HEIGHT,
    'Effective weights by epoch',
    `At the end with the first seed: ${said}.`,
    [
      ...tasks.map(
        (task, t) =>
          `<line class="curve ${TASK_STYLES[t]!.name}" stroke-dasharray="${TASK_STYLES[t]!.dash}" x1="${LEFT + 110 * t}" x2="${LEFT + 110 * t + 28}" y1="18" y2="18"/><text x="${LEFT + 110 * t + 34}" y="22">${task}</text>`,
      ),
      `<text class="soft" x="${width - 14}" y="22" text-anchor="end">effective weight over epochs, mean over seeds; each panel has its own scale</text>`,
      ...panels,
    ],
  );
}
