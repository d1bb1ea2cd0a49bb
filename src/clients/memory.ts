/**
 * Where the browser blocks site data, the page is the store of its workers (storage/memory). A worker that
 * finds itself blocked sends a port; no other message of a worker has one, and elsewhere none ever comes.
 */
import { storageInMemory } from './shelf';

/** @returns call it when the worker has ended: what it held is free then */
export function offerStore(worker: Worker): () => void {
  const takeBack: (() => void)[] = [];
  let ended = false;
  const answer = async (port: MessagePort): Promise<void> => {
    const [{ refuseStore, serveStore }, inMemory] = await Promise.all([
      import('../storage/memory/host'),
      storageInMemory(),
    ]);
    if (ended) return;
    if (inMemory) takeBack.push(serveStore(port));
    else refuseStore(port);
  };
  worker.addEventListener('message', ({ ports: [port] }) => {
    if (port) void answer(port);
  });
  return () => {
    ended = true;
    for (const one of takeBack) one();
  };
}
