/** Routes and providers. How screens are loaded: screens.tsx. */
import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { StrictMode } from 'react';
import { createHashRouter, RouterProvider, type RouteObject } from 'react-router';
import { Toasts } from '../ui/controls/toast';
import { ErrorBoundary, RouteCrash } from './error-boundary';
import { NotFound } from './not-found';
import { SCREENS } from './screen-registry';
import { LazyScreen } from './screens';
import { Shell } from './shell';

const routes: RouteObject[] = [
  {
    path: '/',
    element: <Shell />,
    errorElement: <RouteCrash />,
    children: [
      ...SCREENS.map(({ id, path, ...more }) => ({
        path: 'tabs' in more ? `${path}/:tab?` : path,
        element: <LazyScreen key={id} id={id} />,
      })),
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
