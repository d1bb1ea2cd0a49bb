/**
 * A vitest reporter that leaves the counts, the failed tests and the skipped ones with their reasons in a JSON file for `npm
 * test`. (vitest's own JSON report knows neither the reasons nor errors outside of tests.) The file is named
 * by VITEST_COUNTS.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export default class CountsReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: 0, skipped: [], failures: [] };
    const fail = (name, errors) => {
      counts.failed += errors.length;
      for (const { message } of errors) counts.failures.push({ name, error: message ?? '' });
    };
    for (const module of modules) {
      const file = module.relativeModuleId;
      // A file or suite that could not even be collected has no failed test, but is a failure all the same.
      fail(file, module.errors());
      for (const suite of module.children.allSuites()) fail(`${file} › ${suite.fullName}`, suite.errors());
      for (const test of module.children.allTests()) {
        const { state, note, errors } = test.result();
        if (state === 'passed') counts.passed += 1;
        else if (state === 'skipped')
          counts.skipped.push({
            name: `${file} › ${test.fullName}`,
            reason: note ?? null,
          });
        // one failure, whatever it says how often
        else fail(`${file} › ${test.fullName}`, [errors?.[0] ?? {}]);
      }
    }
    fail('outside of any test', unhandledErrors);
    const target = process.env.VITEST_COUNTS;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, JSON.stringify(counts));
  }
}
