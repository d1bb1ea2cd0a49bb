/**
 * A vitest reporter that collects what `guard` measured (tests/support/fidelity.ts) into the JSON file named
 * by FIDELITY.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export default class FidelityReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const rows = [];
    let failed = unhandledErrors.length;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        if (test.result().state === 'failed') failed += 1;
        for (const row of test.meta().fidelity ?? []) rows.push({ ...row, test: module.relativeModuleId });
      }
    }
    const file = process.env.FIDELITY;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ failed, rows }));
  }
}
