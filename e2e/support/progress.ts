/**
 * What decides that a test waits in vain: not a time, but that nothing moves. Every second each open page is
 * looked at - what it shows, what its trainer told, its workers, its requests. While any of that changes a
 * test may wait as long as it needs; after {@link QUIET_LOOKS} looks at one unchanged picture it ends, and
 * says what was last seen. A machine that is busy looks less often.
 */
import type { BrowserContext, Page } from 'playwright/test';

const LOOK_MS = 1000;
/** Looks at one unchanged picture: about three minutes on an idle machine. */
const QUIET_LOOKS = 180;

/** Runs in the page. Counts its changes from the first look on. */
function seen(): string {
  interface Watch {
    mutations: number;
    events: number;
    last: string;
    told: boolean;
  }
  const key = Symbol.for('progress of the test');
  const held = globalThis as unknown as Record<symbol, Watch | undefined>;
  const watch = (held[key] ??= (() => {
    const fresh: Watch = { mutations: 0, events: 0, last: '', told: false };
    new MutationObserver((records) => {
      fresh.mutations += records.length;
    }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    return fresh;
  })());
  // The page's API is there a little later than the page, and not on a bare one.
  if (!watch.told && 'equipoise' in globalThis) {
    watch.told = true;
    for (const kind of ['state', 'steps', 'epoch', 'log', 'checkpoint', 'memory', 'tuning'] as const)
      window.equipoise.on(kind, (event) => {
        watch.events++;
        watch.last = kind === 'steps' && 'rows' in event ? `step ${event.rows.at(-1)?.step ?? 0}` : kind;
      });
  }
  const transport = document.querySelector('[role=status]')?.textContent ?? '';
  return `${location.hash || location.href} “${transport.slice(0, 80)}”, ${watch.events} events of the trainer${watch.last && ` (${watch.last})`}, ${watch.mutations} changes of the page`;
}

export class Progress {
  private readonly contexts = new Set<BrowserContext>();
  private readonly pages = new Map<Page, string>();
  private readonly looking = new Set<Page>();
  private happened = 0;
  private picture = '';
  private quiet = 0;
  private over: string | null = null;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly limit = QUIET_LOOKS,
    every = LOOK_MS,
  ) {
    this.timer = setInterval(() => this.look(), every);
  }

  watch(context: BrowserContext): void {
    this.contexts.add(context);
    const happened = (): void => {
      this.happened++;
    };
    const follow = (page: Page): void => {
      happened();
      this.pages.set(page, 'not yet looked at');
      page.on('close', () => {
        happened();
        this.pages.delete(page);
      });
      for (const event of [
        'framenavigated',
        'domcontentloaded',
        'load',
        'worker',
        'request',
        'console',
        'download',
        'dialog',
      ] as const)
        page.on(event as 'load', happened);
    };
    for (const page of context.pages()) follow(page);
    context.on('page', follow);
    context.on('close', () => {
      happened();
      this.contexts.delete(context);
    });
  }

  /** Something of the test's own that no page shows. */
  moved(): void {
    this.happened++;
  }

  /** Null, or why the test was ended. */
  get verdict(): string | null {
    return this.over;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    for (const page of this.pages.keys()) {
      // A page that is busy, or stopped at a dialog, answers later: it is asked once.
      if (this.looking.has(page)) continue;
      this.looking.add(page);
      page
        .evaluate(seen)
        .then(
          (text) => {
            if (this.pages.has(page)) this.pages.set(page, text);
          },
          () => undefined,
        )
        .finally(() => this.looking.delete(page));
    }
    const picture = [this.happened, ...this.pages.values()].join('\n');
    this.quiet = picture === this.picture ? this.quiet + 1 : 0;
    this.picture = picture;
    if (this.quiet < this.limit || this.over !== null) return;
    this.over = `Nothing moved for ${this.limit} looks in a row. Last seen: ${[...this.pages.values()].join(' | ') || 'no page'}; ${this.happened} events of the browser.`;
    this.stop();
    // Ends whatever the test waits for, with what it had seen of it.
    for (const context of this.contexts) context.close().catch(() => undefined);
  }
}
