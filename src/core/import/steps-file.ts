/** steps.csv of an exported run read back: the inverse of `stepsFile` (core/export/run-files.ts). */
import type { StepRow } from '../training/events';
import type { RunConfig } from '../training/run-config';
import { pairsOf, type GradientReading } from '../weighting/readings';
import { FALLBACKS, GRADIENT_LEVELS, type Fallback } from '../weighting/types';
import { badRow, readCsv } from './csv-reader';
import { Columns } from './columns';
import { optional, tell, type Told } from './told';

/** @throws ConfigError `archive-bad-row` */
export function readSteps(text: string, { tasks }: RunConfig, told: Told): readonly StepRow[] {
  const file = 'steps.csv';
  const table = new Columns(file, readCsv(text, file));
  const [step, epoch, total, ms, waitMs] = [table.integer('step'), table.integer('epoch'), table.number('total_loss'), table.number('ms'), table.number('wait_ms')];
  const each = (kind: string) => tasks.map((task) => table.number(`${kind}_${task}`));
  const [losses, nominal, effective] = [each('loss'), each('nominal_weight'), each('effective_weight')];
  const extraMs = optional(told, file, table, 'extra_ms', (column) => table.number(column));
  const fallback = optional(told, file, table, 'made_up', (column) => table.oneOf<Fallback | ''>(column, ['', ...FALLBACKS]));
  const gradients = optional(told, file, table, 'gradients_at', (column) => readGradients(table, column, tasks));
  const rows = table.map((row): StepRow => {
    if (row > 0 && step(row) <= step(row - 1)) throw badRow(file, row + 1, 'step');
    const [extra, made, measured] = [extraMs(row), fallback(row), gradients(row)];
    return {
      step: step(row), epoch: epoch(row), total: total(row), ms: ms(row), waitMs: waitMs(row),
      losses: losses.map((read) => read(row)), nominal: nominal.map((read) => read(row)), effective: effective.map((read) => read(row)),
      ...(extra === undefined || Number.isNaN(extra) ? {} : { extraMs: extra }), ...(made ? { fallback: made } : {}), ...(measured ? { gradients: measured } : {}),
    };
  });
  tell(told, file, table);
  return rows;
}

/** Rows in which gradients were not measured leave all of their columns empty. */
function readGradients(table: Columns, column: string, tasks: readonly string[]): (row: number) => GradientReading | undefined {
  const level = table.oneOf(column, ['', ...GRADIENT_LEVELS]);
  const norms = tasks.map((task) => table.number(`gradient_norm_${task}`));
  const cosines = pairsOf(tasks.length).map(([i, j]) => table.number(`cosine_${tasks[i]}_${tasks[j]}`));
  const shares = tasks.map((task) => table.number(`update_share_${task}`));
  return (row) => {
    const at = level(row);
    if (at !== '') return { level: at, norms: norms.map((read) => read(row)), cosines: cosines.map((read) => read(row)), shares: shares.map((read) => read(row)) };
    if ([...norms, ...cosines, ...shares].some((read) => !Number.isNaN(read(row)))) throw badRow('steps.csv', row + 1, column);
    return undefined;
  };
}
