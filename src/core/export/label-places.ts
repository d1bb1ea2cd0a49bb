/**
 * Where the labels of a chart stand so that none lies over another: names at the ends of lines, words beside
 * vertical marks. Geometry only, in pixels, for charts on screen and in a report. Not here: how wide a text
 * is, what is drawn.
 */

export interface WantedLabel {
  /** Left and right end. */
  readonly from: number;
  readonly to: number;
  /** The middle it wants: that of the line it names. */
  readonly y: number;
}

/** Sets of labels that meet across: within one, each meets another one. Left to right. */
function columnsOf(labels: readonly WantedLabel[]): readonly (readonly number[])[] {
  const columns: number[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const i of labels.map((_, at) => at).sort((a, b) => labels[a]!.from - labels[b]!.from)) {
    if (labels[i]!.from >= end) columns.push([]);
    columns.at(-1)!.push(i);
    end = Math.max(end, labels[i]!.to);
  }
  return columns;
}

/**
 * Middles of one column of labels, top to bottom, at least `gap` apart and as near to those wanted as can be:
 * blocks of labels that touch are centred on what their members want (isotonic regression by pooling).
 */
function spread(wanted: readonly number[], gap: number, top: number, bottom: number): readonly number[] {
  const blocks: { sum: number; size: number }[] = [];
  for (const [i, y] of wanted.entries()) {
    let block = { sum: y - i * gap, size: 1 };
    while (blocks.length > 0 && blocks.at(-1)!.sum / blocks.at(-1)!.size > block.sum / block.size) {
      const above = blocks.pop()!;
      block = { sum: above.sum + block.sum, size: above.size + block.size };
    }
    blocks.push(block);
  }
  // Where not all fit, the last ones may leave the area rather than lie over others.
  const lowest = Math.max(top, bottom - (wanted.length - 1) * gap);
  return blocks
    .flatMap(({ sum, size }) =>
      Array.from({ length: size }, () => Math.min(lowest, Math.max(top, sum / size))),
    )
    .map((level, i) => level + i * gap);
}

/**
 * The middles of labels at the ends of lines: a label keeps its line's height unless one beside it is nearer
 * than `gap`.
 * @returns one for each label, in their order; between `top` and `bottom` where they fit
 */
export function placeEnds(
  labels: readonly WantedLabel[],
  gap: number,
  top: number,
  bottom: number,
): readonly number[] {
  const places = new Array<number>(labels.length).fill(0);
  for (const column of columnsOf(labels)) {
    const order = column.toSorted((a, b) => labels[a]!.y - labels[b]!.y);
    spread(
      order.map((i) => labels[i]!.y),
      gap,
      top,
      bottom,
    ).forEach((y, k) => {
      places[order[k]!] = y;
    });
  }
  return places;
}

export interface Words {
  /** Where the vertical line stands. */
  readonly x: number;
  readonly text: string;
  /** It chooses its place before the others. */
  readonly first: boolean;
}

export interface PlacedWords {
  /** The text, cut where the area has no room for all of it. */
  readonly text: string;
  /** Written leftwards from its line. */
  readonly left: boolean;
  /** Its row, from 0. */
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/** Between a line and its words, and between two words. */
const GAP = 4;
/** Fewer letters of a cut text say nothing. */
const LEAST = 5;

/** The longest beginning that fits, with an ellipsis; null for next to nothing. */
function cut(text: string, room: number, widthOf: (text: string) => number): string | null {
  if (widthOf(text) <= room) return text;
  for (let length = text.length - 1; length >= LEAST; length--) {
    const short = `${text.slice(0, length).trimEnd()}…`;
    if (widthOf(short) <= room) return short;
  }
  return null;
}

/**
 * Words beside vertical lines, on the first of a few rows that is free there: to the right of their line,
 * else to its left, else cut on the wider side. Nothing leaves [from, to] and nothing lies over another one.
 * @returns for each its place, or null where there is none
 */
export function placeWords(
  words: readonly Words[],
  { from, to, rows }: { readonly from: number; readonly to: number; readonly rows: number },
  widthOf: (text: string) => number,
): readonly (PlacedWords | null)[] {
  const taken: PlacedWords[] = [];
  const place = ({ x, text }: Words): PlacedWords | null => {
    const [right, left] = [to - x - GAP, x - from - GAP];
    const whole = [...(widthOf(text) <= right ? [false] : []), ...(widthOf(text) <= left ? [true] : [])];
    const candidates = (whole.length > 0 ? whole : [left > right]).flatMap((leftwards) => {
      const shown = cut(text, leftwards ? left : right, widthOf);
      if (shown === null) return [];
      const width = widthOf(shown);
      return [
        leftwards
          ? { text: shown, left: true, from: x - GAP - width, to: x - GAP }
          : { text: shown, left: false, from: x + GAP, to: x + GAP + width },
      ];
    });
    for (let row = 0; row < rows; row++)
      for (const one of candidates) {
        if (
          taken.every(
            (other) => other.row !== row || other.to + GAP <= one.from || one.to + GAP <= other.from,
          )
        )
          return { ...one, row };
      }
    return null;
  };
  const placed = new Map<Words, PlacedWords | null>();
  for (const one of [...words.filter(({ first }) => first), ...words.filter(({ first }) => !first)]) {
    const found = place(one);
    if (found) taken.push(found);
    placed.set(one, found);
  }
  return words.map((one) => placed.get(one) ?? null);
}
