/**
 * Every screen, in the order of the header. A new one is a folder below src/screens and a line here
 * (docs/adding-a-screen.md). Not here: loading them (screens.tsx).
 */
import {
  Activity,
  BookOpen,
  Database,
  Gauge,
  House,
  List,
  ListChecks,
  Scale,
  type LucideIcon,
} from 'lucide-react';
import type { ComponentType } from 'react';

interface Screen {
  /** Its name in the header is `nav.<id>`. */
  readonly id: string;
  /** Behind the `#` of the address. */
  readonly path: string;
  /** Has tabs: one more segment of the address names one, and the screen shows it. */
  readonly tabs?: true;
  readonly Icon: LucideIcon;
  /** In the title of the window, where that is not its name in the header. */
  readonly title?: string;
  /** Visited now and then: a link of its own where the header is wide enough, else in a menu. */
  readonly beside?: true;
  readonly load: () => Promise<ComponentType>;
}

export const SCREENS = [
  {
    id: 'start',
    path: '/',
    Icon: House,
    load: async () => (await import('../screens/start/start-screen')).StartScreen,
  },
  {
    id: 'data',
    path: '/data',
    tabs: true,
    Icon: Database,
    load: async () => (await import('../screens/data/data-screen')).DataScreen,
  },
  {
    id: 'train',
    path: '/train',
    Icon: Activity,
    load: async () => (await import('../screens/train/train-screen')).TrainScreen,
  },
  {
    id: 'sweep',
    path: '/sweep',
    Icon: ListChecks,
    load: async () => (await import('../screens/sweep/sweep-screen')).SweepScreen,
  },
  {
    id: 'runs',
    path: '/runs',
    Icon: List,
    load: async () => (await import('../screens/runs/runs-screen')).RunsScreen,
  },
  {
    id: 'compare',
    path: '/compare',
    Icon: Scale,
    load: async () => (await import('../screens/compare/compare-screen')).CompareScreen,
  },
  {
    id: 'paper',
    path: '/paper',
    Icon: BookOpen,
    title: 'paper.title',
    beside: true,
    load: async () => (await import('../screens/paper/paper-screen')).PaperScreen,
  },
  {
    id: 'bench',
    path: '/bench',
    Icon: Gauge,
    title: 'bench.title',
    beside: true,
    load: async () => (await import('../screens/bench/bench-screen')).BenchScreen,
  },
] as const satisfies readonly Screen[];

/** The screen that an address belongs to; undefined where there is none. */
export const screenAt = (pathname: string): (typeof SCREENS)[number] | undefined =>
  SCREENS.find(
    ({ path, ...more }) => path === pathname || ('tabs' in more && pathname.startsWith(`${path}/`)),
  );

export type ScreenId = (typeof SCREENS)[number]['id'];
