/**
 * The course of every run or recipe over the epochs: loss, UAR or CCC, nominal and effective weight of each task.
 */
import type { EpochRecord } from '../../training/events';
import { METRICS, primaryMetric, type Metric } from '../../tasks/metrics/registry';
import type { TaskId } from '../../tasks/types';
import { meanInterval } from '../../stats/mean-interval';
import { html, type Markup } from './html';
import { MOST_LINES } from './layout';
import { lineChart, type ReportLine } from './line-chart';
import { markup, type Page } from './page';
import type { ReportRun } from './types';

/** Epochs a line has at most; longer runs are thinned evenly and the report says so. */
const POINTS = 400;

type Read = (epoch: EpochRecord, task: number) => number | undefined;

/** The runs behind each line. */
const behind = ({
  layout: { drawn, recipes },
  runs,
}: Page): readonly { readonly name: string; readonly runs: readonly ReportRun[] }[] =>
  drawn === 'recipes'
    ? recipes.map(({ letter, group }) => ({
        name: letter,
        runs: runs.filter(({ id }) => group.runs.some((run) => run.id === id)),
      }))
    : runs.map((run) => ({ name: run.name, runs: [run] }));

/** Positions of the runs whose line is thinned, and of those that have none. */
export function drawnLines({ runs, layout }: Page): {
  readonly thinned: readonly number[];
  readonly notDrawn: readonly number[];
} {
  return {
    thinned: runs.flatMap(({ epochs }, i) => (epochs.length > POINTS ? [i] : [])),
    notDrawn: layout.lines.flatMap((at, i) => (at >= MOST_LINES ? [i] : [])),
  };
}

/** The mean over the runs at every epoch that all of them have, and one standard deviation to either side. */
function line(
  page: Page,
  runs: readonly ReportRun[],
  task: TaskId,
  read: Read,
): Pick<ReportLine, 'xs' | 'ys' | 'band' | 'breaks'> & { readonly beyond: number } {
  const having = runs.filter((run) => page.placeOf(run, task) >= 0 && run.epochs.length > 0);
  const at = having.map(({ epochs }) => new Map(epochs.map((epoch) => [epoch.epoch, epoch])));
  const all = [...new Set(at.flatMap((epochs) => [...epochs.keys()]))].sort((a, b) => a - b);
  const common = all.filter((epoch) => at.every((epochs) => epochs.has(epoch)));
  const stride = Math.ceil(common.length / POINTS);
  const xs = common.filter((_, i) => (common.length - 1 - i) % stride === 0);
  const means = xs.map((epoch) =>
    meanInterval(having.map((run, i) => read(at[i]!.get(epoch)!, page.placeOf(run, task)) ?? Number.NaN)),
  );
  const ys = means.map((found) => found?.mean ?? Number.NaN);
  return {
    xs,
    ys,
    beyond: all.length - common.length,
    ...(having.length > 1 ? { band: means.map((found) => found?.sd ?? 0) } : {}),
    // Where another strategy took over; the line before a fork is another run's.
    breaks: [
      ...new Set(
        having.flatMap(({ segments }) =>
          segments.filter(({ why }) => why !== 'start').map(({ epoch }) => epoch - 0.5),
        ),
      ),
    ],
  };
}

export function chartsSection(page: Page, tasks: readonly TaskId[]): Markup {
  const { words, layout } = page;
  const shown = behind(page).slice(0, MOST_LINES);
  interface Kind {
    readonly key: string;
    readonly read: Read;
    readonly tick: (value: number) => string;
    readonly range?: readonly [number, number];
  }
  const plain = (value: number): string => words.number(value, 2);
  const ofMetric = ({ id: key, read, share, scale }: Metric): Kind => ({
    key,
    read: (epoch, i) => {
      const metrics = epoch.validation.tasks[i];
      return metrics && read(metrics);
    },
    tick: share ? (value) => words.percent(value) : plain,
    ...(share || scale[0] < 0 ? { range: scale } : {}),
  });
  const kinds: readonly ((task: TaskId) => Kind)[] = [
    () => ofMetric(METRICS.find(({ kind }) => kind === 'both')!),
    (task) => ofMetric(primaryMetric(page.kindOf(task))),
    () => ({ key: 'nominal', read: (epoch, i) => epoch.nominal[i], tick: plain }),
    () => ({ key: 'effective', read: (epoch, i) => epoch.effective[i], tick: plain }),
  ];
  let beyond = 0;
  const drawn = kinds.flatMap((kindOf) =>
    tasks.map((task) => {
      const { key, read, tick, range } = kindOf(task);
      return lineChart({
        title: words.charts[key]!(words.task(task)),
        xLabel: words.epoch,
        belowZero: words.belowZero,
        tick,
        ...(range ? { range } : {}),
        lines: shown.flatMap(({ runs }, index): ReportLine[] => {
          const { beyond: left, ...made } = line(page, runs, task, read);
          beyond = Math.max(beyond, left);
          return made.xs.length === 0 ? [] : [{ mark: markOf(page, index), index, ...made }];
        }),
      });
    }),
  );
  return page.section(
    words.sections.charts,
    html`<div class="charts">${drawn}</div>
<p class="legend">${shown.map(
      ({ name }, i) =>
        html`<span>${markup(markOf(page, i), i)}${
          layout.drawn === 'runs'
            ? html` ${name}`
            : html` ${words.recipe(
                layout.recipes[i]!.group,
                layout.recipes.map(({ group }) => group),
              )} (${layout.recipes[i]!.group.runs.length})`
        }</span> `,
    )}</p>
<p class="note">${page.label('figure')} ${words.chartsNote[layout.drawn]}${beyond > 0 ? html` ${words.beyond(beyond)}` : null}</p>`,
  );
}

const markOf = ({ layout }: Page, index: number): string =>
  layout.drawn === 'recipes' ? layout.recipes[index]!.letter : layout.marks[index]!;
