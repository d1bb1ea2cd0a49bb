/** Routes and providers. How screens are loaded: screens.tsx. */
import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { StrictMode } from 'react';
import { createHashRouter, RouterProvider, type RouteObject } from 'react-router';
import { Toasts } from '../ui/controls/toast';
import { ErrorBoundary, RouteCrash } from './error-boundary';
import { NotFound } from './not-found';
import { LazyScreen } from './screens';
import { Shell } from './shell';

const routes: RouteObject[] = [
  {
    path: '/',
    element: <Shell />,
    errorElement: <RouteCrash />,
    children: [
      { index: true, element: <LazyScreen key="start" id="start" /> },
      { path: 'data', element: <LazyScreen key="data" id="data" /> },
      { path: 'train', element: <LazyScreen key="train" id="train" /> },
      { path: 'sweep', element: <LazyScreen key="sweep" id="sweep" /> },
      { path: 'runs', element: <LazyScreen key="runs" id="runs" /> },
      { path: 'paper', element: <LazyScreen key="paper" id="paper" /> },
      { path: 'compare', element: <LazyScreen key="compare" id="compare" /> },
      { path: 'bench', element: <LazyScreen key="bench" id="bench" /> },
      { path: '*', Component: NotFound },
    ],
  },
];

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
