/**
 * Takes turns: at most one chart renders per animation frame, and each chart at most five times in two
 * seconds, less often when its own rendering is slow, so that live charts never occupy the page for long. Not
 * here: what is drawn. A hidden tab gets no frames and therefore draws nothing; when it is seen again,
 * everything is drawn in its first frame, so that numbers of different moments never stand beside each other.
 */
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

const MIN_INTERVAL_MS = 400;
/** A chart may use one twelfth of the time. */
const IDLE_FACTOR = 12;

interface Job {
  readonly render: () => void;
  dirty: boolean;
  due: number;
}

const jobs = new Set<Job>();
let frame = 0;
/** The tab was hidden: what changed meanwhile is due at once. */
let catchingUp = false;

function tick(now: number): void {
  frame = 0;
  if (catchingUp) {
    catchingUp = false;
    for (const job of jobs)
      if (job.dirty) {
        job.dirty = false;
        job.render();
        job.due = now + MIN_INTERVAL_MS;
      }
    return;
  }
  let next: Job | null = null;
  for (const job of jobs) if (job.dirty && job.due <= now && (!next || job.due < next.due)) next = job;
  if (next) {
    next.dirty = false;
    const before = performance.now();
    next.render();
    const cost = performance.now() - before;
    next.due = now + Math.max(MIN_INTERVAL_MS, cost * IDLE_FACTOR);
  }
  for (const job of jobs) if (job.dirty) return wake();
}

function wake(): void {
  if (frame === 0) frame = requestAnimationFrame(tick);
}

if (typeof document !== 'undefined')
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return;
    catchingUp = true;
    wake();
  });

export type Subscribe = (onChange: () => void) => () => void;

/**
 * A value read anew, in turn with all the others, after each change that `subscribe` announces.
 * @param read must be stable (useCallback, or a function outside the component); a new one is used from its
 * first turn on
 * @param same when it says so, nothing is rendered
 */
export function useTurns<T>(
  read: () => T,
  subscribe: Subscribe,
  same: (a: T, b: T) => boolean = Object.is,
): T {
  const [value, setValue] = useState(read);
  const shown = useRef(value);
  useEffect(() => {
    const job: Job = {
      dirty: true,
      due: 0,
      render: () => {
        const next = read();
        if (same(next, shown.current)) return;
        shown.current = next;
        flushSync(() => setValue(() => next));
      },
    };
    jobs.add(job);
    wake();
    const unsubscribe = subscribe(() => {
      job.dirty = true;
      wake();
    });
    return () => {
      unsubscribe();
      jobs.delete(job);
    };
  }, [read, subscribe, same]);
  return value;
}

let mountQueue: (() => void)[] = [];
let mountFrame = 0;

function mountNext(): void {
  mountFrame = 0;
  const next = mountQueue.shift();
  next?.();
  if (mountQueue.length > 0) mountFrame = requestAnimationFrame(mountNext);
}

/**
 * False at first; true one frame after everything that asked earlier. Spreads the mounting of charts over
 * frames.
 */
export function useTurnToMount(): boolean {
  const [mounted, setMounted] = useState(false);
  useEffect(() => {
    const mount = (): void => setMounted(true);
    mountQueue.push(mount);
    if (mountFrame === 0) mountFrame = requestAnimationFrame(mountNext);
    return () => {
      mountQueue = mountQueue.filter((entry) => entry !== mount);
    };
  }, []);
  return mounted;
}
