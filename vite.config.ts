/**
 * How the page is built and served. `base` is relative, so that a build works in any folder of a static host;
 * the strict policy is for the built page only, since Vite's dev client needs inline scripts.
 */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { ISOLATION_HEADERS, PRODUCTION_HEADERS } from './scripts/vite/headers.ts';
import { onlyComputingWorkersHaveTensorFlow, pageStaysLight, policyInHtml } from './scripts/vite/plugins.ts';

export default defineConfig({
  base: './',
  plugins: [react(), policyInHtml(), pageStaysLight()],
  worker: { format: 'es', plugins: () => [onlyComputingWorkersHaveTensorFlow()] },
  build: {
    target: 'es2023',
    sourcemap: true,
    // An inlined asset would be a data: URL, which the policy does not let the page fetch.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2500,
  },
  server: { headers: ISOLATION_HEADERS },
  preview: { headers: PRODUCTION_HEADERS },
});
