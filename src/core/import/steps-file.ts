/** steps.csv of an exported run read back: the inverse of `stepsFile` (core/export/run-files.ts). */
import type { StepRow } from '../training/events';
import type { RunConfig } from '../config/run-config';
import { pairsOf, type GradientReading } from '../weighting/readings';
import { FALLBACKS, GRADIENT_LEVELS, type Fallback } from '../weighting/types';
import { Columns } from './columns';
import { csvBlocks } from './csv-reader';
import { ROW_LIMITS } from './limits';
import { optional, tell, type Told } from './told';
import { taskIds } from '../tasks/types';

const FILE = 'steps.csv';

/**
 * In blocks, so that a long run never lies in memory as a whole.
 * @param told is complete once the first block is there
 * @throws ConfigError `archive-bad-row`, `archive-date`, `archive-too-many-rows`
 */
export function* readSteps(text: string, config: RunConfig, told: Told): Generator<readonly StepRow[]> {
  let last = 0;
  for (const block of csvBlocks(text, FILE, ROW_LIMITS[FILE]!)) {
    const rows = stepsOf(
      new Columns(FILE, block),
      taskIds(config),
      last,
      block.before === 0 ? told : { unknown: [], absent: [] },
    );
    last = rows.at(-1)?.step ?? last;
    yield rows;
  }
}

/** @param after the step before the first row */
function stepsOf(table: Columns, tasks: readonly string[], after: number, told: Told): readonly StepRow[] {
  const [step, epoch, total, ms, waitMs] = [
    table.integer('step'),
    table.integer('epoch'),
    table.number('total_loss'),
    table.number('ms'),
    table.number('wait_ms'),
  ];
  const each = (kind: string) => tasks.map((task) => table.number(`${kind}_${task}`));
  const [losses, nominal, effective] = [each('loss'), each('nominal_weight'), each('effective_weight')];
  const extraMs = optional(told, FILE, table, 'extra_ms', (column) => table.number(column));
  const fallback = optional(told, FILE, table, 'made_up', (column) =>
    table.oneOf<Fallback | ''>(column, ['', ...FALLBACKS]),
  );
  const gradients = optional(told, FILE, table, 'gradients_at', (column) =>
    readGradients(table, column, tasks),
  );
  // Only runs whose rate changes have it.
  const learningRate = table.has('learning_rate') ? table.number('learning_rate') : () => Number.NaN;
  const rows = table.map((row): StepRow => {
    if (step(row) <= (row > 0 ? step(row - 1) : after) && (row > 0 || after > 0))
      throw table.bad(row, 'step');
    const [extra, made, measured] = [extraMs(row), fallback(row), gradients(row)];
    const rate = learningRate(row);
    return {
      step: step(row),
      epoch: epoch(row),
      total: total(row),
      ms: ms(row),
      waitMs: waitMs(row),
      losses: losses.map((read) => read(row)),
      nominal: nominal.map((read) => read(row)),
      effective: effective.map((read) => read(row)),
      ...(extra === undefined || Number.isNaN(extra) ? {} : { extraMs: extra }),
      ...(made ? { fallback: made } : {}),
      ...(Number.isNaN(rate) ? {} : { learningRate: rate }),
      ...(measured ? { gradients: measured } : {}),
    };
  });
  tell(told, FILE, table);
  return rows;
}

/** Rows in which gradients were not measured leave all of their columns empty. */
function readGradients(
  table: Columns,
  column: string,
  tasks: readonly string[],
): (row: number) => GradientReading | undefined {
  const level = table.oneOf(column, ['', ...GRADIENT_LEVELS]);
  const norms = tasks.map((task) => table.number(`gradient_norm_${task}`));
  const cosines = pairsOf(tasks.length).map(([i, j]) => table.number(`cosine_${tasks[i]}_${tasks[j]}`));
  const shares = tasks.map((task) => table.number(`update_share_${task}`));
  return (row) => {
    const at = level(row);
    if (at !== '')
      return {
        level: at,
        norms: norms.map((read) => read(row)),
        cosines: cosines.map((read) => read(row)),
        shares: shares.map((read) => read(row)),
      };
    if ([...norms, ...cosines, ...shares].some((read) => !Number.isNaN(read(row))))
      throw table.bad(row, column);
    return undefined;
  };
}
