/** Routes and providers. Screens are loaded when they are first shown: only Train needs the charts. */
import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { StrictMode } from 'react';
import { createHashRouter, RouterProvider, type RouteObject } from 'react-router';
import { Toasts } from '../ui/toast';
import { ErrorBoundary, RouteCrash } from './error-boundary';
import { NotFound } from './not-found';
import { Shell } from './shell';

const routes: RouteObject[] = [{
  path: '/',
  element: <Shell />,
  errorElement: <RouteCrash />,
  // Shown only until the first screen's code is there.
  hydrateFallbackElement: <p />,
  children: [
    { index: true, lazy: async () => ({ Component: (await import('../screens/start/start-screen')).StartScreen }) },
    { path: 'data', lazy: async () => ({ Component: (await import('../screens/data/data-screen')).DataScreen }) },
    { path: 'train', lazy: async () => ({ Component: (await import('../screens/train/train-screen')).TrainScreen }) },
    { path: 'sweep', lazy: async () => ({ Component: (await import('../screens/sweep/sweep-screen')).SweepScreen }) },
    { path: 'runs', lazy: async () => ({ Component: (await import('../screens/runs/runs-screen')).RunsScreen }) },
    { path: 'paper', lazy: async () => ({ Component: (await import('../screens/paper/paper-screen')).PaperScreen }) },
    { path: 'compare', lazy: async () => ({ Component: (await import('../screens/compare/compare-screen')).CompareScreen }) },
    { path: 'bench', lazy: async () => ({ Component: (await import('../screens/bench/bench-screen')).BenchScreen }) },
    { path: '*', Component: NotFound },
  ],
}];

const router = createHashRouter(routes);

export function App() {
  return (
    <StrictMode>
      <CSPProvider disableStyleElements>
        <ErrorBoundary>
          <Tooltip.Provider delay={400}>
            <RouterProvider router={router} />
            <Toasts />
          </Tooltip.Provider>
        </ErrorBoundary>
      </CSPProvider>
    </StrictMode>
  );
}
