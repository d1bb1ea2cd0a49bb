/**
 * A vitest reporter that leaves the counts and the skipped tests, with their reasons, in a JSON file for `npm
 * test`. (vitest's own JSON report knows neither the reasons nor errors outside of tests.) The file is named
 * by VITEST_COUNTS.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export default class CountsReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: 0, skipped: [] };
    for (const module of modules) {
      // A file or suite that could not even be collected has no failed test, but is a failure all the same.
      counts.failed += module.errors().length;
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state, note } = test.result();
        if (state === 'passed') counts.passed += 1;
        else if (state === 'skipped')
          counts.skipped.push({
            name: `${module.relativeModuleId} › ${test.fullName}`,
            reason: note ?? null,
          });
        else counts.failed += 1;
      }
    }
    counts.failed += unhandledErrors.length;
    const file = process.env.VITEST_COUNTS;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(counts));
  }
}
