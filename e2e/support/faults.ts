/**
 * Watches a browser context for what no test should ever see: console errors and warnings, uncaught errors,
 * requests that leave this machine. Covers all pages of the context and their workers.
 */
import type { BrowserContext, ConsoleMessage, Request } from 'playwright/test';

export interface Fault {
  readonly kind: 'console' | 'page error' | 'foreign request';
  readonly text: string;
}

const LOCAL_SCHEMES = new Set(['blob:', 'data:', 'about:', 'chrome-extension:', 'devtools:']);
const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a request to `url` stays on this machine. */
export function isLocal(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return LOCAL_SCHEMES.has(protocol) || LOCAL_HOSTS.has(hostname);
}

export class Faults {
  private readonly seen: Fault[] = [];
  private readonly allowed: RegExp[] = [];

  watch(context: BrowserContext): void {
    context.on('console', (message: ConsoleMessage) => {
      const type = message.type();
      if (type === 'error' || type === 'warning' || type === 'assert')
        this.seen.push({ kind: 'console', text: `${type}: ${message.text()} (${message.location().url})` });
    });
    context.on('weberror', (error) =>
      this.seen.push({ kind: 'page error', text: String(error.error().stack ?? error.error()) }),
    );
    context.on('request', (request: Request) => {
      if (!isLocal(request.url()))
        this.seen.push({ kind: 'foreign request', text: `${request.method()} ${request.url()}` });
    });
  }

  /** A fault this test provokes on purpose: named narrowly, with the reason beside the call. */
  allow(pattern: RegExp): void {
    this.allowed.push(pattern);
  }

  /** Everything seen so far that was not allowed. */
  unexpected(): readonly Fault[] {
    return this.seen.filter(({ text }) => !this.allowed.some((pattern) => pattern.test(text)));
  }
}
