/** Everything that a scan skipped or kept with a reservation, as files: one row or object a problem. */
import { groupProblems } from '../corpus/summary';
import { clauseText } from '../errors/clauses';
import { problemText, type Problem } from '../errors/problem';
import { toCsv } from './csv';

/** What to do about a problem, in the reader's language. */
type HintOf = (problem: Pick<Problem, 'code' | 'reason'>) => string;

/** `code, reason, found, where, detail, kept, hint`. */
export const problemsCsv = (problems: readonly Problem[], hintOf: HintOf): string =>
  toCsv(
    ['code', 'reason', 'found', 'where', 'detail', 'kept', 'hint'],
    problems.map((one) => [
      one.code,
      one.reason ?? '',
      one.found ?? '',
      one.where,
      problemText(one),
      one.kept ? 'yes' : 'no',
      hintOf(one),
    ]),
  );

/** Counts by kind, most frequent first, then every problem. */
export function problemsJson(problems: readonly Problem[], hintOf: HintOf): string {
  const counts = groupProblems(problems, 0).map(({ examples: _none, ...group }) => ({
    ...group,
    hint: hintOf(group),
  }));
  const all = problems.map(({ code, where, said, detail, ...one }) => ({
    code,
    where,
    detail: clauseText(said, detail),
    ...one,
    hint: hintOf({ code, ...one }),
  }));
  return `${JSON.stringify({ format: 'equipoise-problems', version: 1, counts, problems: all }, null, 2)}\n`;
}
