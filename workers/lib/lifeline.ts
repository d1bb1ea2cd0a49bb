/** A Web Lock held for as long as this worker lives: whoever then gets it knows that the worker is gone. */
export function holdLifeline(announce: (lock: string) => void): void {
  const lock = `lifeline:${crypto.randomUUID()}`;
  // Where site data are blocked there are no locks either: the worker is then only watched by its signs of
  // life.
  navigator.locks
    .request(lock, () => {
      announce(lock);
      return new Promise<never>(() => undefined);
    })
    .catch(() => undefined);
}
