/**
 * What every section of a report is built with: its runs and words, numbered tables, and the marks by which
 * runs are told apart.
 */
import { epochAt, type Reading } from '../../compare/values';
import type { TaskKind } from '../../tasks/losses/types';
import type { TaskMetrics } from '../../tasks/metrics/types';
import type { TaskId } from '../../tasks/types';
import { html, type Markup } from './html';
import type { Layout } from './layout';
import { colorOf, dashOf } from './line-chart';
import type { ReportRun, ReportWords } from './types';

export interface TableParts {
  readonly id: string;
  readonly caption: string;
  /** In brackets: numbers stand below it. */
  readonly columns: readonly (string | readonly [string])[];
  readonly rows: readonly Markup[];
}

export class Page {
  private tables = 0;
  private figures = 0;

  constructor(
    readonly runs: readonly ReportRun[],
    readonly layout: Layout,
    readonly words: ReportWords,
    readonly reading: Pick<Reading, 'moment' | 'side'>,
    readonly kinds: ReadonlyMap<TaskId, TaskKind>,
  ) {}

  section(title: string, content: Markup | readonly Markup[]): Markup {
    return html`<section><h2>${title}</h2>${content}</section>`;
  }

  table({ id, caption, columns, rows }: TableParts): Markup {
    return html`<div class="scroll"><table id="${id}"><caption>${this.label('table')} ${caption}</caption><thead><tr>${columns.map((column) => (typeof column === 'string' ? html`<th scope="col">${column}</th>` : html`<th scope="col" class="n">${column[0]}</th>`))}</tr></thead><tbody>
${rows}</tbody></table></div>`;
  }

  /** `Table 3.` in bold; each call counts. */
  label(kind: 'table' | 'figure'): Markup {
    return html`<b>${kind === 'table' ? this.words.table(++this.tables) : this.words.figure(++this.figures)}</b>`;
  }

  /** A run's mark in the look of the line that shows it. @param index position of the run */
  mark(index: number): Markup {
    return markup(this.layout.marks[index]!, this.layout.lines[index]!);
  }

  kindOf(task: TaskId): TaskKind {
    return this.kinds.get(task) ?? 'classes';
  }

  /** Place of a run's task; -1 where it has none of that name, or one that predicts something else. */
  placeOf({ config }: Pick<ReportRun, 'config'>, task: TaskId): number {
    return config.tasks.findIndex(({ id, kind }) => id === task && kind === this.kindOf(task));
  }

  /** Of a run and task, as the report reads it; null where the run has no such task or epoch. */
  metrics(run: ReportRun, task: TaskId): TaskMetrics | null {
    const epoch = epochAt(run.epochs, this.reading.moment);
    return epoch?.[this.reading.side].tasks[this.placeOf(run, task)] ?? null;
  }
}

/** A letter with its line sample. @param line position of the line */
export const markup = (mark: string, line: number): Markup =>
  html`<span class="mark" style="color:${colorOf(line)}">${mark}<svg width="28" height="8" aria-hidden="true"><line x2="28" y1="4" y2="4" stroke="${colorOf(line)}" stroke-width="2" stroke-dasharray="${dashOf(line)}"/></svg></span>`;
