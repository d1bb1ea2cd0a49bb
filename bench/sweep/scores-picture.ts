/**
 * Validation UAR at the best epoch as a picture: a panel a task, a line a strategy, a dot a seed, a bar their
 * mean.
 */
import type { SweepRun } from './data';
import { picture, place, TASK_STYLES } from './drawing';
import { PLAN } from './plan';
import { trains } from './report';
import { taskIds } from '../../src/core/tasks/types';

const [LABELS, PANEL, GAP, TOP, ROW, BOTTOM] = [206, 190, 40, 40, 23, 34];

export function scoresPicture(runs: readonly SweepRun[]): string {
  const tasks = taskIds(runs[0]!.config);
  const scoresOf = (label: string, t: number): readonly number[] =>
    runs
      .filter((run) => run.label === label && trains(run, t))
      .map(({ validation, best }) => validation.uar[t]![best.at(-1)! - 1]!);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const bottom = TOP + PLAN.length * ROW;
  const panels = tasks.map((task, t) => {
    const left = LABELS + t * (PANEL + GAP);
    const low = Math.floor(10 * Math.min(...PLAN.flatMap(({ label }) => scoresOf(label, t))) - 1e-9) / 10;
    const x = (value: number): string => place(left + ((value - low) / (1 - low)) * PANEL);
    const marks = Array.from({ length: Math.round(10 * (1 - low)) + 1 }, (_, i) => low + i / 10);
    const every = marks.length > 6 ? 2 : 1;
    const { name } = TASK_STYLES[t]!;
    return [
      `<text class="head" x="${left}" y="${TOP - 18}">${task}</text>`,
      ...marks.map(
        (value, i) =>
          `<line class="grid" x1="${x(value)}" x2="${x(value)}" y1="${TOP - 6}" y2="${bottom}"/>${(marks.length - 1 - i) % every === 0 ? `<text class="soft" text-anchor="middle" x="${x(value)}" y="${bottom + 15}">${value.toFixed(1)}</text>` : ''}`,
      ),
      `<line class="base" x1="${x(mean(scoresOf(PLAN[0]!.label, t)))}" x2="${x(mean(scoresOf(PLAN[0]!.label, t)))}" y1="${TOP - 6}" y2="${bottom}"/>`,
      ...PLAN.flatMap(({ label }, i) => {
        const values = scoresOf(label, t);
        const y = TOP + (i + 0.5) * ROW;
        if (values.length === 0) return [];
        return [
          ...values.map((value) => `<circle class="${name} dot" cx="${x(value)}" cy="${place(y)}" r="4.5"/>`),
          `<line class="${name} mean" x1="${x(mean(values))}" x2="${x(mean(values))}" y1="${place(y - 8)}" y2="${place(y + 8)}"/>`,
        ];
      }),
    ].join('\n');
  });
  const width = LABELS + tasks.length * (PANEL + GAP);
  const said = PLAN.map(
    ({ label }) =>
      `${label}: ${tasks.map((task, t) => `${task} ${scoresOf(label, t).length > 0 ? mean(scoresOf(label, t)).toFixed(2) : 'not trained'}`).join(', ')}`,
  ).join('; ');
  return picture(width, bottom + BOTTOM, 'Validation UAR at the best epoch', `${said}.`, [
    ...PLAN.map(
      ({ label }, i) =>
        `<text x="${LABELS - 14}" y="${place(TOP + (i + 0.5) * ROW + 4.5)}" text-anchor="end">${label}</text>`,
    ),
    ...panels,
    `<text class="soft" x="${width - GAP}" y="${bottom + 30}" text-anchor="end">UAR; dots: seeds, bar: their mean, dashed line: mean of the ${PLAN[0]!.label}</text>`,
  ]);
}
