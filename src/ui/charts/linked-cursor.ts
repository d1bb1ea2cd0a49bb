/** Charts that count the same thing share a cursor: where one is read, the others show a line. */
import { useSyncExternalStore } from 'react';
import type { AxisUnit } from './marks';

export interface Pointed {
  /** The chart that is read. */
  readonly by: string;
  readonly unit: AxisUnit;
  readonly x: number;
}

export class CursorLink {
  #now: Pointed | null = null;
  readonly #listeners = new Set<() => void>();

  readonly read = (): Pointed | null => this.#now;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  };

  point(next: Pointed): void {
    if (this.#now?.by === next.by && this.#now.x === next.x) return;
    this.#now = next;
    this.#tell();
  }

  /** Only the chart that is read may end it: another one may have taken over meanwhile. */
  leave(by: string): void {
    if (this.#now?.by !== by) return;
    this.#now = null;
    this.#tell();
  }

  #tell(): void {
    for (const changed of this.#listeners) changed();
  }
}

/** Of all charts of the page: only one screen is there at a time. */
export const cursorLink = new CursorLink();

/** Where another chart of the same unit is read; null where none is. */
export function useOtherCursor(by: string, unit: AxisUnit): number | null {
  return useSyncExternalStore(cursorLink.subscribe, () => {
    const now = cursorLink.read();
    return now && now.by !== by && now.unit === unit ? now.x : null;
  });
}
