/**
 * Two small Vite plugins: one writes the content security policy into the built page, one refuses a build
 * whose heavy libraries ended up where they would be downloaded by everybody.
 */
import type { Plugin, Rolldown } from 'vite';
import { META_POLICY } from './headers.ts';

/** Writes the policy into the built index.html, so that a host which sends no headers is covered as well. */
export function policyInHtml(): Plugin {
  return {
    name: 'equipoise:policy-in-html',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: META_POLICY },
        injectTo: 'head-prepend',
      },
      { tag: 'meta', attrs: { name: 'referrer', content: 'no-referrer' }, injectTo: 'head-prepend' },
    ],
  };
}

const from = (chunk: Rolldown.OutputChunk, library: string): boolean =>
  chunk.moduleIds.some((id) => id.includes(`/node_modules/${library}/`));

/** An entry and everything that is loaded together with it, without what is imported on demand. */
function loadedAtOnce(entry: Rolldown.OutputChunk, bundle: Rolldown.OutputBundle): Rolldown.OutputChunk[] {
  const seen = new Map<string, Rolldown.OutputChunk>();
  const queue = [entry.fileName];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || seen.has(name)) continue;
    seen.set(name, chunk);
    queue.push(...chunk.imports);
  }
  return [...seen.values()];
}

/** The page's own chunks: TensorFlow.js belongs into a worker, and the charts are loaded when first shown. */
export function pageStaysLight(): Plugin {
  return {
    name: 'equipoise:page-stays-light',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      for (const chunk of chunks) {
        if (from(chunk, '@tensorflow'))
          this.error(`${chunk.fileName} brings TensorFlow.js to the page: only src/engine may import it.`);
      }
      for (const entry of chunks.filter((chunk) => chunk.isEntry)) {
        if (loadedAtOnce(entry, bundle).some((chunk) => from(chunk, 'recharts')))
          this.error(
            `${entry.fileName} loads recharts at once: import the charts with lazy(() => import(...)).`,
          );
      }
    },
  };
}

const COMPUTES = ['trainer', 'bench', 'bench-shipped'];

/**
 * The workers' chunks: only those that compute may carry TensorFlow.js (2 MB that every other worker would
 * parse for nothing).
 */
export function onlyComputingWorkersHaveTensorFlow(): Plugin {
  return {
    name: 'equipoise:only-computing-workers-have-tensorflow',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      for (const entry of chunks.filter((chunk) => chunk.isEntry && !COMPUTES.includes(chunk.name))) {
        if (loadedAtOnce(entry, bundle).some((chunk) => from(chunk, '@tensorflow')))
          this.error(`${entry.fileName} brings TensorFlow.js into a worker that does not compute.`);
      }
    },
  };
}
