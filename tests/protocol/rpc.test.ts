/** The protocol over a real MessageChannel, and over an endpoint that crashes. */
import { afterEach, describe, expect, it } from 'vitest';
import { CancelledError, EquipoiseError, StorageError, WorkerError } from '../../src/core/errors/errors';
import { connect, serve, Transfer, type Endpoint, type Handlers } from '../../src/core/protocol/rpc';

interface Demo {
  readonly requests: {
    readonly double: { readonly payload: number; readonly result: number };
    readonly fail: { readonly payload: 'known' | 'unknown' | 'quota'; readonly result: null };
    readonly wait: { readonly payload: null; readonly result: null; readonly progress: number };
    readonly move: { readonly payload: null; readonly result: Uint8Array<ArrayBuffer> };
  };
  readonly event: string;
}

let ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports) port.close();
  ports = [];
});

function pair(overrides: Partial<Handlers<Demo>> = {}) {
  const { port1, port2 } = new MessageChannel();
  ports = [port1, port2];
  port1.start();
  port2.start();
  const server = serve<Demo>(port2 as unknown as Endpoint, {
    double: async (n) => n * 2,
    fail: async (kind) => {
      if (kind === 'known') throw new StorageError('quota', { used: 3 });
      if (kind === 'quota') throw new DOMException('no room', 'QuotaExceededError');
      throw new TypeError('oops');
    },
    wait: (_payload, { signal, progress }) =>
      new Promise((_resolve, reject) => {
        progress(1);
        signal.addEventListener('abort', () => reject(new CancelledError('waiting')));
      }),
    move: async () => {
      const bytes = new Uint8Array([1, 2, 3]);
      return new Transfer(bytes, [bytes.buffer]);
    },
    ...overrides,
  });
  return { server, client: connect<Demo>(port1 as unknown as Endpoint, 'demo') };
}

describe('rpc', () => {
  it('answers each request with its own result', async () => {
    const { client } = pair();
    expect(await Promise.all([1, 2, 3].map((n) => client.call('double', n)))).toEqual([2, 4, 6]);
  });
  it('carries class, code, hint and details of an error across', async () => {
    const { client } = pair();
    const error = await client.call('fail', 'known').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({
      code: 'quota',
      message: 'The browser has no room left for this page.',
      hint: 'Delete runs or cached features on the Runs screen, then try again.',
      details: { used: 3 },
    });
  });
  it('names what it does not know, and translates quota', async () => {
    const { client } = pair();
    await expect(client.call('fail', 'unknown')).rejects.toMatchObject({
      code: 'unexpected',
      message: 'oops',
    });
    await expect(client.call('fail', 'quota')).rejects.toMatchObject({ code: 'quota' });
    await expect(client.call('nonsense' as 'double', 1)).rejects.toMatchObject({ code: 'unknown-method' });
  });
  it('reports progress and cancels', async () => {
    const { client } = pair();
    const controller = new AbortController();
    const seen: number[] = [];
    const call = client.call('wait', null, {
      signal: controller.signal,
      onProgress: (n) => {
        seen.push(n);
        controller.abort();
      },
    });
    await expect(call).rejects.toBeInstanceOf(CancelledError);
    expect(seen).toEqual([1]);
  });
  it('moves buffers', async () => {
    expect([...(await pair().client.call('move', null))]).toEqual([1, 2, 3]);
  });
  it('delivers events until unsubscribed', async () => {
    const { client, server } = pair();
    const seen: string[] = [];
    const off = client.on((event) => seen.push(event));
    server.emit('a');
    await client.call('double', 1);
    off();
    server.emit('b');
    await client.call('double', 1);
    expect(seen).toEqual(['a']);
  });
  it('rejects everything pending when closed, and everything asked later', async () => {
    const { client } = pair();
    const pending = client.call('wait', null);
    client.close(new WorkerError('worker-ended'));
    await expect(pending).rejects.toMatchObject({ code: 'worker-ended' });
    await expect(client.call('double', 1)).rejects.toMatchObject({ code: 'worker-ended' });
  });
  it('rejects everything pending when the other side crashes, and tells once', async () => {
    const listeners = new Map<string, (event: { message?: string; preventDefault?: () => void }) => void>();
    const endpoint: Endpoint = {
      postMessage: () => undefined,
      addEventListener: (type, listener) => {
        listeners.set(type, listener);
      },
      removeEventListener: () => undefined,
    };
    const client = connect<Demo>(endpoint, 'demo');
    const downs: EquipoiseError[] = [];
    client.onDown((error) => downs.push(error));
    const pending = client.call('double', 1);
    let kept = false;
    listeners.get('error')?.({
      message: 'out of memory',
      preventDefault: () => {
        kept = true;
      },
    });
    listeners.get('messageerror')?.({});
    await expect(pending).rejects.toMatchObject({
      code: 'worker-crashed',
      message: expect.stringContaining('out of memory') as string,
    });
    expect(downs).toHaveLength(1);
    // Of a nested worker the browser would else make an error of its owner, too.
    expect(kept).toBe(true);
  });
});
