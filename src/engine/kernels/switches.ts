/**
 * Which of our kernels are in use: the check at start, the autotuner and tests switch them off and on. Tables of
 * implementations (backends/kernels) are made anew when that changes.
 */
const listeners = new Set<() => void>();

/** Calls `listener` whenever a kernel was switched or new ones were installed. */
export function onKernelsChanged(listener: () => void): void {
  listeners.add(listener);
}

export function kernelsChanged(): void {
  for (const listener of listeners) listener();
}

/** Kernels by name, on unless switched off. */
export class Switches {
  private readonly off = new Set<string>();

  isOn(name: string): boolean {
    return !this.off.has(name);
  }

  set(name: string, on: boolean): void {
    if (on) this.off.delete(name);
    else this.off.add(name);
    kernelsChanged();
  }
}
