/** `predictions-best.csv`, `-last.csv` and `-test.csv` of an exported run: what was predicted of each utterance. */
import type { ExportedPredictions } from '../export/run-files';
import { taskIds } from '../tasks/types';
import type { Predicted } from './archive-head';
import { Columns } from './columns';
import { badRow, readCsv, undefused } from './csv-reader';
import { ROW_LIMITS } from './limits';

/** @returns null where the export has no such file  @throws ConfigError `archive-bad-row` */
export function predictionsOf(
  which: 'best' | 'last' | 'test',
  files: ReadonlyMap<string, string>,
  run: Predicted,
): ExportedPredictions | null {
  const file = `predictions-${which}.csv`;
  const text = files.get(file);
  return text === undefined ? null : readPredictions(text, file, run);
}

function readPredictions(text: string, file: string, { config, classes }: Predicted): ExportedPredictions {
  const tasks = taskIds(config);
  const table = new Columns(file, readCsv(text, file, ROW_LIMITS[file]));
  const utterance = table.text('utterance');
  /** @param names of the classes, none of a number @returns null where the cell is empty */
  const column = (name: string, names: readonly string[]): (number | null)[] => {
    if (names.length === 0) {
      const read = table.number(name);
      return table.map((row) => (Number.isNaN(read(row)) ? null : read(row)));
    }
    const read = table.text(name);
    return table.map((row) => {
      if (read(row) === '') return null;
      const index = names.indexOf(undefused(read(row)));
      if (index < 0) throw badRow(file, row + 1, name);
      return index;
    });
  };
  const predictedOf = (name: string, names: readonly string[]): number[] =>
    column(name, names).map((value, row) => {
      if (value === null) throw badRow(file, row + 1, name);
      return value;
    });
  return {
    ids: table.map((row) => undefused(utterance(row))),
    truth: tasks.map((task, i) => column(`${task}_true`, classes[i]!)),
    predicted: tasks.map((task, i) => predictedOf(`${task}_predicted`, classes[i]!)),
    confidence: tasks.map((task, i) => {
      if (classes[i]!.length === 0) return [];
      const read = table.number(`${task}_confidence`);
      return table.map(read);
    }),
  };
}
