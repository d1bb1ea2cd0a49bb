/** A Web Lock held for as long as this worker lives: whoever then gets it knows that the worker is gone. */
export function holdLifeline(announce: (lock: string) => void): void {
  const lock = `lifeline:${crypto.randomUUID()}`;
  void navigator.locks.request(lock, () => {
    announce(lock);
    return new Promise<never>(() => undefined);
  });
}
