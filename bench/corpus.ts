/**
 * A corpus of 10,039 recordings and 12.4 hours, as large as IEMOCAP, from the drop to the first step: how long until
 * it is scanned, and until its spectrograms are there. The files are speech of the demo's voices, 4.4 s each, every
 * one another sound. And 300,000 names in one folder: how much memory the page takes to list them. Needs a build
 * (`npm run build`) and 1.5 GB of disk. JSON lines.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { preview } from 'vite';
import { dropFolder } from '../e2e/support/drop-folder';
import { BROWSER_SWITCHES, findBrowser } from '../scripts/browser.mjs';
import { decodeWav, encodeWav16 } from '../src/core/audio/wav';
import { demoCorpus } from '../src/core/synth/demo-corpus';
import { machine } from './support/report';

const FILES = Number(process.env['BENCH_FILES'] ?? 10_039);
const HOURS = 12.4 * (FILES / 10_039);
const MANY = Number(process.env['BENCH_MANY'] ?? 300_000);
const RATE = 16_000;
const SPEAKERS = ['03', '08', '09', '10', '11', '12', '13', '14', '15', '16'];
const EMOTIONS = ['W', 'L', 'E', 'A', 'F', 'T', 'N'];

/** EmoDB's grammar, `03a00Wa`, which has room for 364,000. */
const nameOf = (i: number): string => {
  const text = `${'ab'[Math.floor(i / 7000) % 2]}${String(Math.floor(i / 70) % 100).padStart(2, '0')}`;
  const version = String.fromCharCode(97 + (Math.floor(i / 14_000) % 26));
  return `${SPEAKERS[i % 10]}${text}${EMOTIONS[Math.floor(i / 10) % 7]}${version}.wav`;
};

const folder = mkdtempSync(join(tmpdir(), 'equipoise-corpus-'));
const make = (name: string, count: number, content: (i: number) => Uint8Array | string): string => {
  const path = join(folder, name);
  mkdirSync(join(path, 'wav'), { recursive: true });
  for (let i = 0; i < count; i++) writeFileSync(join(path, 'wav', nameOf(i)), content(i));
  return path;
};

/** A minute of the demo's voices; each file is a piece of it from another place. */
function speech(): (i: number) => Uint8Array {
  const minute = new Float32Array(60 * RATE);
  let at = 0;
  for (const { path, bytes } of demoCorpus({ seed: 1, difficulty: 0.5 })) {
    if (!path.endsWith('.wav')) continue;
    const { samples } = decodeWav(bytes);
    minute.set(samples.subarray(0, minute.length - at), at);
    at = Math.min(minute.length, at + samples.length);
    if (at === minute.length) break;
  }
  const length = Math.round((HOURS * 3600 * RATE) / FILES);
  return (i) => {
    const from = (i * 89) % (minute.length - length);
    return encodeWav16(minute.subarray(from, from + length), RATE);
  };
}

const server = await preview({ logLevel: 'error', preview: { port: 4198 } });
const executablePath = findBrowser();
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: [...BROWSER_SWITCHES],
});
const say = (measured: object): void =>
  console.log(JSON.stringify({ ...measured, ...machine(`Chromium ${browser.version()}`) }));

/** Megabytes of all processes of the page: workers' heaps and what lies outside of them count. */
const memory = async (page: Page): Promise<number> =>
  (await page.evaluate(
    async () =>
      (
        await (
          performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }> }
        ).measureUserAgentSpecificMemory()
      ).bytes,
  )) /
  2 ** 20;

async function opened(): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(server.resolvedUrls!.local[0]!);
  await page.getByRole('navigation').first().waitFor();
  return page;
}

try {
  const page = await opened();
  const corpus = make('speech', FILES, speech());
  let began = performance.now();
  await dropFolder(page, page.getByRole('main'), corpus);
  await page.getByText('Read as EmoDB.').waitFor({ timeout: 0 });
  const scanMs = Math.round(performance.now() - began);
  say({ case: 'scan-a-corpus', files: FILES, hours: HOURS, ms: scanMs });
  began = performance.now();
  await page.getByRole('button', { name: 'Compute now' }).click();
  await page
    .getByText(/computed in/)
    .first()
    .waitFor({ timeout: 0 });
  const readyMs = Math.round(performance.now() - began);
  say({
    case: 'features-of-a-corpus',
    files: FILES,
    hours: HOURS,
    ms: readyMs,
    xRealTime: Math.round((HOURS * 3_600_000) / readyMs),
  });
  await page.context().close();

  const many = await opened();
  const before = await memory(many);
  const names = make('many', MANY, () => '');
  began = performance.now();
  await dropFolder(many, many.getByRole('main'), names);
  await many.getByText('is a large corpus').waitFor({ timeout: 0 });
  say({
    case: 'list-names',
    files: MANY,
    ms: Math.round(performance.now() - began),
    megabytes: Math.round((await memory(many)) - before),
  });
} finally {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true });
}
