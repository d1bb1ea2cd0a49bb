/** Labels of charts: exact places, and that none ever lies over another or leaves the plot. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeEnds, placeWords, type PlacedWords } from '../../src/core/export/label-places';

const at = (from: number, y: number) => ({ from, to: from + 20, y });

describe('labels at the ends of lines', () => {
  it('stay at their lines where nothing is near', () => {
    expect(placeEnds([at(0, 50), at(0, 10), at(0, 90)], 13, 0, 100)).toEqual([50, 10, 90]);
  });
  it('move apart by as little as can be', () => {
    expect(placeEnds([at(0, 50), at(0, 50)], 12, 0, 100)).toEqual([44, 56]);
    expect(placeEnds([at(0, 52), at(0, 48), at(0, 80)], 12, 0, 100)).toEqual([56, 44, 80]);
  });
  it('do not move for one that ends elsewhere', () => {
    expect(placeEnds([at(0, 50), at(200, 50), at(400, 51)], 13, 0, 100)).toEqual([50, 50, 51]);
  });
  it('stay inside the plot', () => {
    expect(placeEnds([at(0, 99), at(0, 100)], 12, 0, 100)).toEqual([88, 100]);
    expect(placeEnds([at(0, 0), at(0, 0)], 12, 2, 100)).toEqual([2, 14]);
  });
  it('never overlap, and keep the order of their lines', () => {
    const labels = fc.array(
      fc.record({
        from: fc.integer({ min: 0, max: 300 }),
        width: fc.integer({ min: 5, max: 60 }),
        y: fc.double({ min: 8, max: 200, noNaN: true }),
      }),
      { maxLength: 14 },
    );
    fc.assert(
      fc.property(labels, (wanted) => {
        const boxes = wanted.map(({ from, width, y }) => ({ from, to: from + width, y }));
        const places = placeEnds(boxes, 13, 8, 200);
        boxes.forEach((a, i) =>
          boxes.forEach((b, j) => {
            if (j <= i || a.to <= b.from || b.to <= a.from) return;
            expect(Math.abs(places[i]! - places[j]!)).toBeGreaterThan(13 - 1e-6);
            if (a.y < b.y) expect(places[i]!).toBeLessThan(places[j]!);
          }),
        );
        if (boxes.length <= 14) expect(places.every((y) => y >= 8 - 1e-9 && y <= 200 + 1e-9)).toBe(true);
      }),
    );
  });
});

describe('words beside vertical lines', () => {
  const widthOf = (text: string): number => text.length * 6;
  const plot = { from: 44, to: 244, rows: 3 };
  const words = (x: number, text: string, first = false) => ({ x, text, first });

  it('stand to the right, to the left where that is full, and are cut where neither has room', () => {
    expect(placeWords([words(50, 'FAMO')], plot, widthOf)).toEqual([
      { text: 'FAMO', left: false, row: 0, from: 54, to: 78 },
    ]);
    expect(placeWords([words(230, 'FAMO')], plot, widthOf)).toEqual([
      { text: 'FAMO', left: true, row: 0, from: 202, to: 226 },
    ]);
    expect(placeWords([words(144, 'a label of more than 16')], plot, widthOf)).toEqual([
      { text: 'a label of more…', left: false, row: 0, from: 148, to: 244 },
    ]);
  });
  it('was drawn over the axis: a long label near the left edge of a narrow plot', () => {
    const [place] = placeWords([words(150, 'Strategy: gradient surgery')], { ...plot, to: 200 }, widthOf);
    expect(place!.from).toBeGreaterThanOrEqual(44);
  });
  it('take another row, then the other side, then none; a strategy before the rest', () => {
    const three = [words(100, 'aaaaaaaaaa'), words(104, 'bbbbbbbbbb'), words(108, 'cccccccccc', true)];
    expect(placeWords(three, plot, widthOf).map((place) => place && [place.row, place.left])).toEqual([
      [1, false],
      [2, false],
      [0, false],
    ]);
    expect(placeWords(three, { ...plot, rows: 1 }, widthOf).map((place) => place !== null)).toEqual([
      false,
      false,
      true,
    ]);
  });
  it('never overlap and never leave the plot', () => {
    const some = fc.array(
      fc.record({
        x: fc.double({ min: 44, max: 244, noNaN: true }),
        text: fc.string({ minLength: 1, maxLength: 40 }),
        first: fc.boolean(),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(some, (wanted) => {
        const placed = placeWords(wanted, plot, widthOf).filter(
          (place): place is PlacedWords => place !== null,
        );
        for (const a of placed) {
          expect(a.from).toBeGreaterThanOrEqual(44);
          expect(a.to).toBeLessThanOrEqual(244);
          expect(placed.every((b) => a === b || a.row !== b.row || a.to < b.from || b.to < a.from)).toBe(
            true,
          );
        }
      }),
    );
  });
});
