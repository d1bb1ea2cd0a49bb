/** Names beside marks: where there is room, never over a mark or another name. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LARGE, placeNames } from '../../src/ui/charts/scatter';

const AREA = { x: 60, y: 14, width: 300, height: 200 };
const [CHARACTER, LINE] = [7.5, 11];
const points = fc
  .array(fc.record({ x: fc.integer({ min: 60, max: 360 }), y: fc.integer({ min: 14, max: 214 }) }), {
    maxLength: 25,
  })
  .map((all) => all.map((point, i) => ({ ...point, key: String(i), text: `M·${i}` })));

describe('names of marks', () => {
  it('cover no mark and no other name, and stay in the plot', () => {
    fc.assert(
      fc.property(points, (all) => {
        const placed = placeNames(all, AREA);
        for (const [i, name] of placed.entries()) {
          const [left, right, top, bottom] = [
            name.x,
            name.x + name.text.length * CHARACTER,
            name.y - LINE / 2,
            name.y + LINE / 2,
          ];
          expect(
            all.some(
              ({ x, y }) => x + LARGE > left && x - LARGE < right && y + LARGE > top && y - LARGE < bottom,
            ),
          ).toBe(false);
          expect(
            placed
              .slice(0, i)
              .some(
                (other) =>
                  other.x < right &&
                  left < other.x + other.text.length * CHARACTER &&
                  other.y - LINE / 2 < bottom &&
                  top < other.y + LINE / 2,
              ),
          ).toBe(false);
          expect(
            left >= AREA.x &&
              right <= AREA.x + AREA.width + 14 &&
              top >= AREA.y - 2 &&
              bottom <= AREA.y + AREA.height,
          ).toBe(true);
        }
      }),
    );
  });

  it('a mark with room around it always has its name, near it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 360 }), fc.integer({ min: 14, max: 214 }), (x, y) => {
        const [name] = placeNames([{ key: 'a', text: 'A', x, y }], AREA);
        expect(Math.hypot(name!.x - x, name!.y - y)).toBeLessThan(30);
      }),
    );
  });

  it('where many lie on one spot, the first have theirs', () => {
    const placed = placeNames(
      Array.from({ length: 40 }, (_, i) => ({ key: String(i), text: 'A', x: 200, y: 100 })),
      AREA,
    );
    expect(placed.length).toBeGreaterThan(5);
    expect(placed.length).toBeLessThan(40);
    expect(placed.map(({ key }) => Number(key))).toEqual(placed.map((_, i) => i));
  });
});
