/**
 * A folder of 50,000 files dropped onto the page: how long until the first names are shown, and until all of them
 * are listed and it asks how much of the corpus is to be read. The files are EmoDB's names with no sound in them:
 * none is opened. Needs a build (`npm run build`). JSON lines.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { preview } from 'vite';
import { dropFolder } from '../e2e/support/drop-folder';
import { BROWSER_SWITCHES, findBrowser } from '../scripts/browser.mjs';
import { machine } from './support/report';

const FILES = 50_000;
const SPEAKERS = ['03', '08', '09', '10', '11', '12', '13', '14', '15', '16'];
const EMOTIONS = ['W', 'L', 'E', 'A', 'F', 'T', 'N'];

const folder = mkdtempSync(join(tmpdir(), 'equipoise-listing-'));
const wav = join(folder, 'corpus', 'wav');
mkdirSync(wav, { recursive: true });
for (let i = 0; i < FILES; i++) {
  const text = `a${String(Math.floor(i / 10) % 100).padStart(2, '0')}`;
  const version = String.fromCharCode(97 + (Math.floor(i / 7000) % 26));
  const emotion = EMOTIONS[Math.floor(i / 1000) % 7]!;
  writeFileSync(join(wav, `${SPEAKERS[i % 10]}${text}${emotion}${version}.wav`), '');
}

const server = await preview({ logLevel: 'error', preview: { port: 4197 } });
const executablePath = findBrowser();
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: [...BROWSER_SWITCHES],
});
try {
  const page = await browser.newPage();
  await page.goto(server.resolvedUrls!.local[0]!);
  await page.getByRole('navigation').first().waitFor();
  // When each was first seen, by the page's own clock: the drop is the first event.
  await page.evaluate(() => {
    const seen: Record<string, number> = {};
    Object.assign(window, { seen });
    window.addEventListener('drop', () => (seen['drop'] = performance.now()), { capture: true });
    new MutationObserver(() => {
      const text = document.body.textContent;
      const now = performance.now();
      if (/[1-9][\d,]* names? listed/.test(text)) seen['first'] ??= now;
      if (text.includes('is a large corpus')) seen['all'] ??= now;
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await dropFolder(page, page.getByRole('main'), join(folder, 'corpus'));
  await page.getByText('is a large corpus').waitFor({ timeout: 0 });
  const { drop, first, all } = await page.evaluate(
    () => (window as unknown as { readonly seen: Readonly<Record<string, number>> }).seen,
  );
  console.log(
    JSON.stringify({
      case: 'list-a-folder',
      files: FILES,
      firstMs: Math.round(first! - drop!),
      allMs: Math.round(all! - drop!),
      ...machine(`Chromium ${browser.version()}`),
    }),
  );
} finally {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true });
}
