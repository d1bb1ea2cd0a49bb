/**
 * Theme and language, kept in localStorage. Where storage is blocked the choice lasts for the visit.
 * Not here: applying them to the document (src/app).
 */
import { create } from 'zustand';
import { createJSONStorage, persist, type StateStorage } from 'zustand/middleware';

export const THEMES = ['system', 'light', 'dark'] as const;
export const LANGUAGES = ['en', 'ru'] as const;
export type Theme = (typeof THEMES)[number];
export type Language = (typeof LANGUAGES)[number];

export interface SettingsState {
  readonly theme: Theme;
  readonly language: Language;
  readonly setTheme: (theme: Theme) => void;
  readonly setLanguage: (language: Language) => void;
}

/** localStorage that loses silently: even reading the property throws where cookies are blocked. */
const storage: StateStorage = {
  getItem: (key) => attempt(() => localStorage.getItem(key)),
  setItem: (key, value) => void attempt(() => localStorage.setItem(key, value)),
  removeItem: (key) => void attempt(() => localStorage.removeItem(key)),
};

function attempt<T>(access: () => T): T | null {
  try {
    return access();
  } catch {
    return null;
  }
}

const browserLanguage = (): Language => (globalThis.navigator?.language?.toLowerCase().startsWith('ru') ? 'ru' : 'en');

export const useSettings = create<SettingsState>()(
  persist(
    (set) => ({
      theme: 'system',
      language: browserLanguage(),
      setTheme: (theme) => set({ theme }),
      setLanguage: (language) => set({ language }),
    }),
    {
      name: 'equipoise-settings',
      version: 1,
      storage: createJSONStorage(() => storage),
      partialize: ({ theme, language }) => ({ theme, language }),
      merge: (stored, current) => {
        const { theme, language } = (stored ?? {}) as { readonly theme?: unknown; readonly language?: unknown };
        return {
          ...current,
          theme: THEMES.find((candidate) => candidate === theme) ?? current.theme,
          language: LANGUAGES.find((candidate) => candidate === language) ?? current.language,
        };
      },
    },
  ),
);
