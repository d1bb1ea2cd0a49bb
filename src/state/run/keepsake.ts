/**
 * localStorage that loses silently, for choices that may as well last for the visit: even reading the
 * property throws where cookies are blocked.
 */
import type { StateStorage } from 'zustand/middleware';

export const keepsake = {
  getItem: (key) => attempt(() => localStorage.getItem(key)),
  setItem: (key, value) => void attempt(() => localStorage.setItem(key, value)),
  removeItem: (key) => void attempt(() => localStorage.removeItem(key)),
} as const satisfies StateStorage;

function attempt<T>(access: () => T): T | null {
  try {
    return access();
  } catch {
    return null;
  }
}
