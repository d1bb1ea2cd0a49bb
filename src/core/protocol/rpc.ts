/**
 * The one protocol style between page and workers: requests that end in exactly one result or error,
 * progress while they run, events at any time, cancelling by message, and signs of life (heartbeat.ts).
 * Pending requests are rejected when the other side crashes, sends something unreadable or is closed.
 * Not here: what is said (the contracts beside this file), how workers are made and watched (src/clients).
 */
import type { CancelSignal } from '../progress';
import { CancelledError, WorkerError, fromWire, toWire, type WireError } from '../errors/errors';
import { Heartbeat } from './heartbeat';

/** What a channel can be asked and what it reports. */
export interface Contract {
  readonly requests: Record<
    string,
    { readonly payload: unknown; readonly result: unknown; readonly progress?: unknown }
  >;
  readonly event: unknown;
}

export type Message =
  | {
      readonly v: 1;
      readonly id: number;
      readonly kind: 'request';
      readonly method: string;
      readonly payload: unknown;
    }
  | { readonly v: 1; readonly id: number; readonly kind: 'cancel' }
  | { readonly v: 1; readonly id: number; readonly kind: 'result'; readonly payload: unknown }
  | { readonly v: 1; readonly id: number; readonly kind: 'progress'; readonly payload: unknown }
  | { readonly v: 1; readonly id: number; readonly kind: 'error'; readonly payload: WireError }
  | { readonly v: 1; readonly id: 0; readonly kind: 'event'; readonly payload: unknown }
  /** Are you there? Answered as soon as the worker's event loop turns. */
  | { readonly v: 1; readonly id: 0; readonly kind: 'ping' | 'pong' }
  /** The next sign of life comes within so many milliseconds; null: at rest, none is due. */
  | { readonly v: 1; readonly id: 0; readonly kind: 'alive'; readonly payload: number | null }
  /** The name of a lock that the worker holds as long as it lives. */
  | { readonly v: 1; readonly id: 0; readonly kind: 'lifeline'; readonly payload: string };

interface Received {
  readonly data?: unknown;
  readonly message?: string;
  readonly preventDefault?: () => void;
}

/** A Worker, a MessagePort or a worker's own global scope. */
export interface Endpoint {
  postMessage(message: unknown, transfer?: never[]): void;
  addEventListener(type: string, listener: (event: Received) => void): void;
  removeEventListener(type: string, listener: (event: Received) => void): void;
}

class Cancel implements CancelSignal {
  aborted = false;
  private readonly listeners: (() => void)[] = [];
  addEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.push(listener);
  }
  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    for (const listener of this.listeners) listener();
  }
}

/** A result whose buffers are moved rather than copied. */
export class Transfer<T> {
  constructor(
    readonly value: T,
    readonly buffers: readonly ArrayBuffer[],
  ) {}
}

type Requests<C extends Contract> = C['requests'];
export type Handlers<C extends Contract> = {
  readonly [M in keyof Requests<C>]: (
    payload: Requests<C>[M]['payload'],
    context: {
      readonly signal: CancelSignal;
      readonly progress: (value: NonNullable<Requests<C>[M]['progress']>) => void;
    },
  ) => Promise<Requests<C>[M]['result'] | Transfer<Requests<C>[M]['result']>>;
};

const post = (endpoint: Endpoint, message: Message, transfer: readonly ArrayBuffer[] = []) =>
  endpoint.postMessage(message, transfer as never[]);

export interface Served<C extends Contract> {
  readonly emit: (event: C['event']) => void;
  /**
   * Announces work outside a request, and that the next announcement comes within `ms`; a worker that misses
   * it is taken for dead, though its event loop may turn. `null`: the work is done.
   */
  readonly alive: (ms: number | null) => void;
  /** Names the lock that this worker holds as long as it lives. */
  readonly lifeline: (lock: string) => void;
}

/**
 * Answers requests on `endpoint`. Requests run concurrently; a handler that must not overlap queues by
 * itself.
 */
export function serve<C extends Contract>(endpoint: Endpoint, handlers: Handlers<C>): Served<C> {
  const running = new Map<number, Cancel>();
  const answer = async (message: Message & { kind: 'request' }): Promise<void> => {
    const cancel = new Cancel();
    running.set(message.id, cancel);
    try {
      const handler = handlers[message.method];
      if (!handler) throw new WorkerError('unknown-method', { method: message.method });
      const progress = (payload: unknown): void =>
        post(endpoint, { v: 1, id: message.id, kind: 'progress', payload });
      const result: unknown = await handler(message.payload, { signal: cancel, progress });
      if (result instanceof Transfer)
        post(endpoint, { v: 1, id: message.id, kind: 'result', payload: result.value }, result.buffers);
      else post(endpoint, { v: 1, id: message.id, kind: 'result', payload: result });
    } catch (error) {
      post(endpoint, { v: 1, id: message.id, kind: 'error', payload: toWire(error) });
    } finally {
      running.delete(message.id);
    }
  };
  endpoint.addEventListener('message', ({ data }) => {
    const message = data as Message;
    if (message?.v !== 1) return;
    if (message.kind === 'request') void answer(message);
    else if (message.kind === 'cancel') running.get(message.id)?.abort();
    else if (message.kind === 'ping') post(endpoint, { v: 1, id: 0, kind: 'pong' });
  });
  return {
    emit: (payload) => post(endpoint, { v: 1, id: 0, kind: 'event', payload }),
    alive: (payload) => post(endpoint, { v: 1, id: 0, kind: 'alive', payload }),
    lifeline: (payload) => post(endpoint, { v: 1, id: 0, kind: 'lifeline', payload }),
  };
}

interface Pending {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
  readonly progress: ((value: never) => void) | undefined;
}

export interface CallOptions<P> {
  readonly signal?: CancelSignal;
  readonly onProgress?: (value: NonNullable<P>) => void;
  readonly transfer?: readonly ArrayBuffer[];
}

export interface Connection<C extends Contract> {
  call<M extends keyof Requests<C> & string>(
    method: M,
    payload: Requests<C>[M]['payload'],
    options?: CallOptions<Requests<C>[M]['progress']>,
  ): Promise<Requests<C>[M]['result']>;
  on(listener: (event: C['event']) => void): () => void;
  /** Called once, when the other side crashed, sent something unreadable or was closed with an error. */
  onDown(listener: (error: WorkerError) => void): () => void;
  /** Called when the worker has named the lock it holds as long as it lives. */
  onLifeline(listener: (lock: string) => void): void;
  /**
   * Lets the other side's time pass, and asks whether it is there where an answer is due.
   * @param awake milliseconds that this side was awake since the last call  @returns false when it has been
   * silent for too long
   */
  check(awake: number): boolean;
  /** Rejects everything pending; the endpoint itself is the caller's to end. */
  close(reason: WorkerError): void;
}

/** The asking side. @param name appears in error messages ("the trainer"). */
export function connect<C extends Contract>(endpoint: Endpoint, name: string): Connection<C> {
  const heartbeat = new Heartbeat();
  const lifelineListeners = new Set<(lock: string) => void>();
  const pending = new Map<number, Pending>();
  const listeners = new Set<(event: C['event']) => void>();
  const downListeners = new Set<(error: WorkerError) => void>();
  let nextId = 1;
  let down: WorkerError | null = null;
  let heard = false;

  const goDown = (error: WorkerError): void => {
    if (down) return;
    down = error;
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
    for (const listener of downListeners) listener(error);
  };
  const onMessage = ({ data }: Received): void => {
    const message = data as Message;
    if (message?.v !== 1 || down) return;
    heard = true;
    if (message.kind === 'alive') heartbeat.announce(message.payload);
    else heartbeat.heard();
    if (message.kind === 'lifeline') for (const listener of lifelineListeners) listener(message.payload);
    if (message.kind === 'event') for (const listener of listeners) listener(message.payload);
    const entry = pending.get(message.id);
    if (!entry) return;
    if (message.kind === 'progress') entry.progress?.(message.payload as never);
    if (message.kind === 'result' || message.kind === 'error') pending.delete(message.id);
    if (message.kind === 'result') entry.resolve(message.payload as never);
    if (message.kind === 'error') entry.reject(fromWire(message.payload));
  };
  endpoint.addEventListener('message', onMessage);
  endpoint.addEventListener('error', (event) => {
    // Told here, and no further: a nested worker's error would otherwise count as its owner's and bring that
    // one down too.
    event.preventDefault?.();
    // A script that cannot be fetched says nothing at all.
    if (!heard && !event.message) return goDown(new WorkerError('worker-not-loaded', { worker: name }));
    goDown(
      new WorkerError(
        'worker-crashed',
        event.message ? { worker: name, why: 'said', said: event.message } : { worker: name },
      ),
    );
  });
  endpoint.addEventListener('messageerror', () =>
    goDown(
      new WorkerError('worker-garbled', {
        worker: name,
      }),
    ),
  );

  return {
    call(method, payload, options = {}) {
      if (down) return Promise.reject(down);
      const id = nextId++;
      return new Promise((resolve, reject) => {
        if (options.signal?.aborted) return reject(new CancelledError(name));
        pending.set(id, { resolve, reject, progress: options.onProgress });
        post(endpoint, { v: 1, id, kind: 'request', method, payload }, options.transfer);
        options.signal?.addEventListener('abort', () => {
          if (pending.has(id)) post(endpoint, { v: 1, id, kind: 'cancel' });
        });
      });
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onDown(listener) {
      downListeners.add(listener);
      return () => downListeners.delete(listener);
    },
    onLifeline(listener) {
      lifelineListeners.add(listener);
    },
    check(awake) {
      if (pending.size > 0 && !heartbeat.announced) post(endpoint, { v: 1, id: 0, kind: 'ping' });
      return heartbeat.pass(awake, pending.size > 0);
    },
    close(reason) {
      endpoint.removeEventListener('message', onMessage);
      goDown(reason);
    },
  };
}
