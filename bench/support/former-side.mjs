/**
 * One side of bench/former.ts: an engine that was built from a checkout, in a process of its own, that computes
 * only while it is asked. `node former-side.mjs BUNDLE BACKEND`; messages come and go through the process' channel.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [bundle, backend] = process.argv.slice(2);
const { chooseBackend, prepareOurs, prepareStep, tf, timeOf } = await import(pathToFileURL(bundle).href);
await chooseBackend(backend, 1);
let ready = null;

let largest = 0;
/** The most this process ever had in memory: where Linux tells, else the most that was seen between turns. */
function resident() {
  largest = Math.max(largest, process.memoryUsage.rss());
  try {
    return 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
  } catch {
    return largest;
  }
}
/** Bytes; the wasm heap never shrinks. */
const memory = () => ({
  resident: resident(),
  heap: backend === 'wasm' ? tf.backend().wasm.HEAPU8.length : null,
});

async function answer({ prepare, strategy, count }) {
  if (prepare) {
    ready = strategy ? prepareStep(prepare, strategy) : prepareOurs(prepare);
    return { ms: 0 };
  }
  const before = process.cpuUsage();
  const ms = await timeOf(ready, count);
  const { user, system } = process.cpuUsage(before);
  return { ms, cpuMs: (user + system) / 1000, ...memory() };
}

process.on('message', (request) => {
  answer(request).then(
    (result) => process.send(result),
    (error) => process.send({ error: error instanceof Error ? error.message : String(error) }),
  );
});
process.send({ started: true });
