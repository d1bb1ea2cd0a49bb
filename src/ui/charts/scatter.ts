/** What a scatter chart is made of, and where the names of its marks go. Types and geometry only. */
import type { Marker } from '../tasks';
import type { Area } from './plot';

export interface ScatterMark {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  /** Both ends of a bar through the mark, in either direction. */
  readonly xBar?: readonly [number, number] | undefined;
  readonly yBar?: readonly [number, number] | undefined;
  readonly color: string;
  readonly marker: Marker;
  /** Stands beside the mark; without one the mark is small, and background to the others. */
  readonly short?: string | undefined;
  /** Drawn as an outline. */
  readonly hollow: boolean;
  /** What is said of it when it is pointed at or has the focus; the first line is its name. */
  readonly says: readonly string[];
}

/** Radius of a named mark, pixels. */
export const LARGE = 5.5;
export const SMALL = 2.6;
const CHARACTER = 7.5;
const LINE = 11;
/** A name may reach this far beyond the plot at the right, pixels. */
const EDGE = 14;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface PlacedName {
  readonly key: string;
  readonly text: string;
  /** Left end and middle of the text. */
  readonly x: number;
  readonly y: number;
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const around = (x: number, y: number, r: number): Box => ({
  left: x - r,
  right: x + r,
  top: y - r,
  bottom: y + r,
});

/**
 * A name beside each mark: at the first of eight places, then of eight farther ones, that covers no mark and
 * no name and stays in the area.
 * @param points in pixels, in the order in which they may choose  @param area of the plot  @returns without
 * the names that found no place
 */
export function placeNames(
  points: readonly { readonly key: string; readonly text: string; readonly x: number; readonly y: number }[],
  area: Area,
): readonly PlacedName[] {
  const taken = points.map(({ x, y }) => around(x, y, LARGE));
  const inside = ({ left, right, top, bottom }: Box): boolean =>
    left >= area.x &&
    right <= area.x + area.width + EDGE &&
    top >= area.y - 2 &&
    bottom <= area.y + area.height;
  return points.flatMap(({ key, text, x, y }): PlacedName[] => {
    const width = text.length * CHARACTER;
    const places = [1, 2.2]
      .flatMap((far) => {
        const [dx, dy] = [LARGE * far + 3, LARGE * far + 4];
        return [
          [dx, -dy],
          [-dx - width, -dy],
          [dx, dy],
          [-dx - width, dy],
          [dx + 2, 0],
          [-dx - width - 2, 0],
          [-width / 2, -dy - 4],
          [-width / 2, dy + 4],
        ] as const;
      })
      .map(([left, middle]) => ({ x: x + left, y: y + middle }));
    const boxOf = (place: { readonly x: number; readonly y: number }): Box => ({
      left: place.x,
      right: place.x + width,
      top: place.y - LINE / 2,
      bottom: place.y + LINE / 2,
    });
    const place = places.find(
      (one) => inside(boxOf(one)) && !taken.some((other) => overlap(boxOf(one), other)),
    );
    if (!place) return [];
    taken.push(boxOf(place));
    return [{ key, text, ...place }];
  });
}
