/** `confusion.csv` and `test-confusion.csv` of an exported run: counts by true and predicted class. */
import { taskIds } from '../tasks/types';
import type { Predicted } from './archive-head';
import { Columns } from './columns';
import { csvBlocks, undefused } from './csv-reader';
import { ROW_LIMITS } from './limits';

export const SIDES = ['train', 'validation'] as const;
export type SideName = (typeof SIDES)[number] | 'test';

/** Matrices of counts by epoch, side and task. */
export type Confusions = ReadonlyMap<string, number[][]>;
/** Where a matrix stands in {@link Confusions}. */
export const matrixKey = (epoch: number, side: string, task: string): string => `${epoch}/${side}/${task}`;

/** @param sides that the file tells of  @throws ConfigError `archive-bad-row`, `archive-too-many-rows` */
export function readConfusions(
  text: string,
  file: string,
  { config, classes }: Predicted,
  sides: readonly SideName[],
): Confusions {
  const tasks = taskIds(config);
  const most = ROW_LIMITS[file]!;
  const places = classes.map((names) => new Map(names.map((name, i) => [name, i])));
  const matrices = new Map<string, number[][]>();
  let cells = 0;
  for (const block of csvBlocks(text, file, most)) {
    const table = new Columns(file, block);
    const [epoch, side, task, truth, predicted, count] = [
      table.integer('epoch'),
      table.oneOf('side', sides),
      table.oneOf('task', tasks),
      table.text('true'),
      table.text('predicted'),
      table.integer('count'),
    ];
    for (let row = 0; row < table.length; row++) {
      const at = tasks.indexOf(task(row));
      const names = classes[at]!;
      const [i, j] = [places[at]!.get(undefused(truth(row))), places[at]!.get(undefused(predicted(row)))];
      if (i === undefined || j === undefined) throw table.bad(row, i === undefined ? 'true' : 'predicted');
      const key = matrixKey(epoch(row), side(row), task(row));
      let matrix = matrices.get(key);
      if (!matrix) {
        // Every cell has a row of its own: matrices larger than all rows together are none of a run.
        cells += names.length ** 2;
        if (cells > most) throw table.bad(row, 'epoch');
        matrix = names.map(() => names.map(() => 0));
        matrices.set(key, matrix);
      }
      matrix[i]![j] = count(row);
    }
  }
  return matrices;
}
