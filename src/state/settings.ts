/**
 * Theme, language, the number of workers and whether kernels are measured, kept in localStorage. Where
 * storage is blocked the choice lasts for the visit. Not here: applying them to the document (src/app).
 */
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { keepsake } from './run/keepsake';

export const THEMES = ['system', 'light', 'dark'] as const;
export const LANGUAGES = ['en', 'ru'] as const;
export const MAX_WORKERS = 16;
export type Theme = (typeof THEMES)[number];
export type Language = (typeof LANGUAGES)[number];

export interface SettingsState {
  readonly theme: Theme;
  readonly language: Language;
  /**
   * Workers that compute features, and that make training images: 1..MAX_WORKERS; null leaves both numbers to
   * the workbench. No result depends on it.
   */
  readonly workers: number | null;
  /** Whether kernels that are new to this adapter are measured before a run on WebGPU. */
  readonly autotune: boolean;
  readonly setTheme: (theme: Theme) => void;
  readonly setLanguage: (language: Language) => void;
  /**
   * Acts on the next start. @param workers anything but null and a number that {@link isWorkerCount} is
   * ignored
   */
  readonly setWorkers: (workers: number | null) => void;
  readonly setAutotune: (autotune: boolean) => void;
}

export const isWorkerCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_WORKERS;

const browserLanguage = (): Language =>
  globalThis.navigator?.language?.toLowerCase().startsWith('ru') ? 'ru' : 'en';

export const useSettings = create<SettingsState>()(
  persist(
    (set) => ({
      theme: 'system',
      language: browserLanguage(),
      workers: null,
      autotune: true,
      setTheme: (theme) => set({ theme }),
      setLanguage: (language) => set({ language }),
      setWorkers: (workers) => {
        if (workers === null || isWorkerCount(workers)) set({ workers });
      },
      setAutotune: (autotune) => set({ autotune }),
    }),
    {
      name: 'equipoise-settings',
      version: 1,
      storage: createJSONStorage(() => keepsake),
      partialize: ({ theme, language, workers, autotune }) => ({ theme, language, workers, autotune }),
      merge: (stored, current) => {
        const { theme, language, workers, autotune } = (stored ?? {}) as Readonly<
          Partial<Record<keyof SettingsState, unknown>>
        >;
        return {
          ...current,
          theme: THEMES.find((candidate) => candidate === theme) ?? current.theme,
          language: LANGUAGES.find((candidate) => candidate === language) ?? current.language,
          workers: isWorkerCount(workers) ? workers : null,
          autotune: autotune !== false,
        };
      },
    },
  ),
);
