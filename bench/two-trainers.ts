/**
 * Whether two runs at once pay on this machine: two tabs of the page that train at the same time beside one
 * tab that trains twice, in turns, on wasm. Answers the question whether a sweep should train more than one
 * run at a time (docs/decisions/0015-runs.md). Needs a build (`npm run build`). `TURNS=5`, `EPOCHS=3`. JSON
 * lines.
 */
import { cpus } from 'node:os';
import { preview } from 'vite';
import { chromium, type Page } from 'playwright';
import { BROWSER_SWITCHES, findBrowser } from '../scripts/browser.mjs';

const TURNS = Number(process.env['TURNS'] ?? 3);
const EPOCHS = Number(process.env['EPOCHS'] ?? 2);
const SIZES = { tiny: { inputSize: 32, width: 0.0625, batchSize: 16 }, compact: {} };

const server = await preview({ logLevel: 'error', preview: { port: 4198 } });
const executablePath = findBrowser();
// A tab in the background must not be slowed down: what is asked is what the processor can do.
const args = [
  ...BROWSER_SWITCHES,
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];
const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args });
const context = await browser.newContext();
const open = async (): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(server.resolvedUrls!.local[0]!);
  return page;
};
/** Milliseconds of the steps alone and of the whole, as the page sees them. */
const train = (page: Page, size: object, seed: number): Promise<number> =>
  page.evaluate(
    async ({ size: change, seed: s, epochs }) => {
      const began = performance.now();
      const { state } = await window.equipoise.run({ ...change, epochs, seed: s, backend: 'wasm' });
      if (state !== 'finished') throw new Error(state);
      return performance.now() - began;
    },
    { size, seed, epochs: EPOCHS },
  );
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const [one, other] = [await open(), await open()];
for (const [name, size] of Object.entries(SIZES)) {
  await train(one, size, 0); // corpus and features are made, both tabs load the engine
  await train(other, size, 0);
  const [apart, together]: [number[], number[]] = [[], []];
  for (let turn = 1; turn <= TURNS; turn++) {
    apart.push(
      await timed(async () => {
        await train(one, size, turn);
        await train(one, size, turn + 100);
      }),
    );
    together.push(
      await timed(() => Promise.all([train(one, size, turn + 200), train(other, size, turn + 300)])),
    );
  }
  const [a, b] = [median(apart), median(together)];
  console.log(
    JSON.stringify({
      case: `two-runs-${name}`,
      backend: 'wasm',
      unit: 'ms',
      oneAfterTheOther: Math.round(a),
      atOnce: Math.round(b),
      faster: Number((a / b).toFixed(2)),
      turns: TURNS,
      epochs: EPOCHS,
      spread: { oneAfterTheOther: apart.map(Math.round), atOnce: together.map(Math.round) },
      cpu: cpus()[0]?.model.trim(),
      cores: cpus().length,
    }),
  );
}
await browser.close();
await server.close();
