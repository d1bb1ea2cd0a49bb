/** `log.csv` of an exported run: events by code, their details as JSON. */
import * as v from 'valibot';
import { parseJson } from '../config/bounded-json';
import type { LogEntry } from '../training/events';
import { Columns } from './columns';
import { csvBlocks } from './csv-reader';
import { LONGEST_CELL, ROW_LIMITS } from './limits';

const DETAILS = v.record(
  v.pipe(v.string(), v.maxLength(64)),
  v.union([v.pipe(v.string(), v.maxLength(4096)), v.number()]),
);

/** @throws ConfigError `archive-bad-row`, `archive-too-many-rows` */
export function readLog(text: string): readonly LogEntry[] {
  const file = 'log.csv';
  const log: LogEntry[] = [];
  for (const block of csvBlocks(text, file, ROW_LIMITS[file]!)) {
    const table = new Columns(file, block);
    const [time, level, code, step, details] = [
      table.text('time'),
      table.oneOf('level', ['info', 'warning', 'error']),
      table.text('code'),
      table.integer('step'),
      table.text('details'),
    ];
    for (let row = 0; row < table.length; row++) {
      const at = Date.parse(time(row));
      const read = details(row).length > LONGEST_CELL ? null : v.safeParse(DETAILS, parseJson(details(row)));
      if (Number.isNaN(at) || code(row).length > 64 || !read?.success)
        throw table.bad(row, read?.success ? 'time' : 'details');
      log.push({
        seq: log.length,
        at,
        level: level(row),
        code: code(row),
        step: step(row),
        details: read.output,
      });
    }
  }
  return log;
}
