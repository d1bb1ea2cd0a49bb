/**
 * Passes on what a nested worker asks the page for where site data are blocked: a port to the store in memory
 * (src/storage/memory).
 */
export function passStoreOn(worker: Worker): void {
  worker.addEventListener('message', ({ ports: [port] }) => {
    if (port) self.postMessage(null, [port]);
  });
}
