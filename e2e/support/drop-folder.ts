/**
 * A user's drag of a real folder onto the page, through Chromium's own input pipeline: the page gets a true
 * FileSystemDirectoryHandle of the folder on disk, readable without a prompt. No part of the page is
 * replaced.
 */
import type { Locator, Page } from 'playwright/test';

/**
 * Drags the folder or file at `path` (absolute) over `target` and lets go. Resolves once the drop was
 * delivered.
 */
export async function dropFolder(page: Page, target: Locator | string, path: string): Promise<void> {
  const locator = typeof target === 'string' ? page.locator(target) : target;
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`nothing to drop onto: ${String(target)} is not visible`);
  // The middle of the part that is in view: a long screen's own middle may lie outside of the window.
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const middle = (from: number, length: number, end: number): number =>
    (Math.max(0, from) + Math.min(end, from + length)) / 2;
  const x = middle(box.x, box.width, width);
  const y = middle(box.y, box.height, height);
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', { type, x, y, data });
  // Whether the page takes it, once all of its own listeners have been asked.
  const taken = await page.evaluateHandle(() => {
    const state = { over: false };
    window.addEventListener('dragover', (event) => {
      setTimeout(() => {
        state.over ||= event.defaultPrevented;
      });
    });
    return state;
  });
  try {
    // As a hand does, which holds it over the page for a while: a page that has just been drawn may not listen
    // yet, and what is let go where nobody says yes is never dropped.
    await drag('dragEnter');
    do await drag('dragOver');
    while (!(await taken.evaluate(({ over }) => over)));
    await drag('dragOver');
    await drag('drop');
  } finally {
    await session.detach();
  }
}
