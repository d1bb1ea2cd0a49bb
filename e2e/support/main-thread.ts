/**
 * What the page's own thread did for a while, read from Chromium's trace: every task with its time on the
 * processor and on the clock.
 */
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

/** Watches `page` while `meanwhile` goes on. */
export async function mainThreadTasks(
  browser: Browser,
  page: Page,
  meanwhile: () => Promise<void>,
): Promise<MainThreadTask[]> {
  await browser.startTracing(page, { categories: ['toplevel'] });
  await meanwhile();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as {
    traceEvents: TraceEvent[];
  };
  const threads = traceEvents.filter(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  const onMain = ({ pid, tid }: Pick<TraceEvent, 'pid' | 'tid'>): boolean =>
    threads.some((thread) => thread.pid === pid && thread.tid === tid);
  return traceEvents
    .filter(
      (event) =>
        event.ph === 'X' &&
        event.name.endsWith('ThreadControllerImpl::RunTask') &&
        event.tdur !== undefined &&
        onMain(event),
    )
    .map(({ dur = 0, tdur = 0 }) => ({ cpu: tdur / 1000, wall: dur / 1000 }));
}

/** A task of the page's thread that does a fixed piece of work. @param rounds how much */
const work = (page: Page, rounds: number): Promise<number> =>
  page.evaluate((n) => {
    let x = 1;
    for (let i = 0; i < n; i++) x = (Math.imul(x, 1_664_525) + 1_013_904_223) | 0;
    return x;
  }, rounds);

/**
 * What this machine makes of a piece of work that takes a thread `milliseconds` of processor when the page
 * does nothing else: a busy machine counts more for the same work (caches and cores that are shared), and for
 * the page's own tasks likewise.
 * @returns does that work as one task of the page's thread
 */
export async function controlTask(
  browser: Browser,
  page: Page,
  milliseconds: number,
): Promise<() => Promise<number>> {
  const trial = 20_000_000;
  await work(page, trial);
  const tasks = await mainThreadTasks(browser, page, async () => {
    await work(page, trial);
  });
  const rounds = Math.round((trial * milliseconds) / Math.max(...tasks.map(({ cpu }) => cpu)));
  return () => work(page, rounds);
}
