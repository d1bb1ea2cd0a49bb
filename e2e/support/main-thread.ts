/** What the page's own thread did for a while, read from Chromium's trace: every task with its time on the processor and on the clock. */
import type { Browser, Page } from 'playwright/test';

export interface MainThreadTask {
  /** Milliseconds the thread really computed. */
  readonly cpu: number;
  /** Milliseconds until the task was over, waiting for a core included. */
  readonly wall: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Watches `page` for `milliseconds`. */
export async function mainThreadTasks(browser: Browser, page: Page, milliseconds: number): Promise<MainThreadTask[]> {
  await browser.startTracing(page, { categories: ['toplevel'] });
  await page.waitForTimeout(milliseconds);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] };
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const onMain = ({ pid, tid }: Pick<TraceEvent, 'pid' | 'tid'>): boolean => threads.some((thread) => thread.pid === pid && thread.tid === tid);
  return traceEvents
    .filter((event) => event.ph === 'X' && event.name.endsWith('ThreadControllerImpl::RunTask') && event.tdur !== undefined && onMain(event))
    .map(({ dur = 0, tdur = 0 }) => ({ cpu: tdur / 1000, wall: dur / 1000 }));
}
