/** Whether a fork's charts also show the run it was forked from. Lasts for the visit. */
import { create } from 'zustand';
import { useRun } from '../run/run';
import type { RunView } from '../types';

export interface OverlayState {
  readonly shown: boolean;
  readonly show: (shown: boolean) => void;
}

export const useOverlay = create<OverlayState>()((set) => ({ shown: true, show: (shown) => set({ shown }) }));

/** The parent of the run in view, where it is to be seen. */
export function useParent(): RunView['parent'] {
  const parent = useRun((s) => s.view?.parent ?? null);
  return useOverlay((s) => s.shown) ? parent : null;
}
