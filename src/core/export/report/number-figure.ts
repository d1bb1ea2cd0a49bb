/**
 * A number's predictions against the truth as SVG text, in place of a confusion matrix: utterances as points,
 * the identity dashed, the calibration as a line. Not here: the picture on screen (src/ui/charts).
 */
import type { NumberScores } from '../../tasks/metrics/types';
import type { TaskId } from '../../tasks/types';
import { html, type Markup } from './html';
import { colorOf, roundTicks } from './line-chart';
import type { Page } from './page';

const [WIDTH, HEIGHT] = [260, 240];
const AREA = { left: 44, top: 10, right: 12, bottom: 36 } as const;

/** @param index position of the run; null where the record has no picture: of training, or imported */
export function numberFigure(page: Page, index: number, task: TaskId, scores: NumberScores): Markup | null {
  const { words } = page;
  const { picture } = scores;
  const caption = html`${page.mark(index)} ${page.runs[index]!.name}`;
  if (!picture || picture.points.length === 0)
    return html`<figure class="matrix"><figcaption>${caption}: ${words.absent}</figcaption></figure>`;
  const all = [
    ...picture.points.flat(),
    ...picture.bins.flatMap(({ truth, predicted }) => [truth, predicted]),
  ];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const ticks = roundTicks(least, most > least ? most : least + 1, 5);
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  const at = (value: number): number => (value - low) / (high - low);
  const x = (value: number): string => (AREA.left + at(value) * (WIDTH - AREA.left - AREA.right)).toFixed(1);
  const y = (value: number): string =>
    (HEIGHT - AREA.bottom - at(value) * (HEIGHT - AREA.top - AREA.bottom)).toFixed(1);
  const color = colorOf(page.layout.lines[index]!);
  const digits = high - low < 10 ? 1 : 0;
  const grid = ticks.map(
    (tick) =>
      html`<path class="grid" d="M${x(tick)},${AREA.top}V${HEIGHT - AREA.bottom}M${AREA.left},${y(tick)}H${WIDTH - AREA.right}"/><text class="tick" x="${x(tick)}" y="${HEIGHT - AREA.bottom + 13}" text-anchor="middle">${words.number(tick, digits)}</text><text class="tick" x="${AREA.left - 5}" y="${Number(y(tick)) + 3}" text-anchor="end">${words.number(tick, digits)}</text>`,
  );
  return html`<figure class="matrix"><figcaption>${caption}</figcaption><svg class="chart" role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" aria-label="${words.task(task)}, ${page.runs[index]!.name}">
${grid}<path class="zero" d="M${x(low)},${y(low)}L${x(high)},${y(high)}" stroke-dasharray="4 3"/>
${picture.points.map(([truth, predicted]) => html`<circle class="point" cx="${x(truth)}" cy="${y(predicted)}" r="2" fill="${color}" fill-opacity=".45"/>`)}
<path class="line" d="M${picture.bins.map(({ truth, predicted }) => `${x(truth)},${y(predicted)}`).join('L')}" fill="none" stroke="#141d19" stroke-width="1.5"/>
<text class="tick" x="${(AREA.left + WIDTH - AREA.right) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${words.truth}</text><text class="tick" transform="translate(11 ${(HEIGHT - AREA.bottom) / 2}) rotate(-90)" text-anchor="middle">${words.predicted}</text>
</svg></figure>`;
}
