/** Reads docs/performance.json and writes what is made of it. */
import { writeFileSync } from 'node:fs';
import { costPlot, costPoints } from './cost-plot';
import { documentOf, PLOT_FILE } from './document';
import { linesIn } from './report';

/** @returns the files written, from the project's folder */
export function writeDocuments(): readonly string[] {
  const lines = linesIn('docs/performance.json');
  const files = {
    'docs/performance.md': documentOf(lines),
    [`docs/${PLOT_FILE}`]: costPlot(costPoints(lines)),
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(file, text);
  return Object.keys(files);
}
