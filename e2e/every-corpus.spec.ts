/**
 * Every corpus that the project reads, one after the other on one page: a folder in the grammar of each (made by
 * tests/support/every-corpus), dropped as a user drops it, is taken for what it is, with its counts; one of them as
 * a zip, found again after a reload; and of a large one a part.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import type { Page } from 'playwright/test';
import { adapterOf } from '../src/core/corpus/adapters/registry';
import { LARGE_CORPUS } from '../src/core/corpus/sample';
import { everyCorpus, type GeneratedCorpus } from '../tests/support/every-corpus';
import type { Content } from '../tests/support/memory-directory';
import { NAMED_CORPORA, toneOf } from '../tests/support/named-corpora';
import { dropFolder } from './support/drop-folder';
import { expect, test } from './support/test';
import { Workbench } from './support/workbench';

let root: string;
let corpora: Readonly<Record<string, GeneratedCorpus>>;
const bytesOf = (content: Content): Uint8Array => {
  if (content instanceof Error) throw content;
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
};
test.beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'equipoise-corpora-'));
  corpora = await everyCorpus();
  for (const [id, { files }] of Object.entries(corpora))
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, id, path)), { recursive: true });
      writeFileSync(join(root, id, path), bytesOf(content));
    }
});
test.afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Labels of the corpus on the screen, with their counts. */
const labelsShown = (page: Page): Promise<Record<string, number>> =>
  page
    .getByRole('table', { name: 'Labels of the corpus and the classes they become' })
    .locator('tbody tr')
    .evaluateAll((rows) =>
      Object.fromEntries(
        rows
          .map((row) => [row.querySelector('code')!.textContent, Number(row.lastElementChild!.textContent)])
          // Recordings without a label.
          .filter(([label]) => label !== ''),
      ),
    );

test('each generated corpus is taken for what it is, with its counts per class and speaker', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.open();
  for (const [id, { emotions, speakers }] of Object.entries(corpora)) {
    await test.step(id, async () => {
      await dropFolder(page, page.getByRole('main'), join(root, id));
      await expect(page.getByText(`Read as ${adapterOf({ adapter: id }).name}.`)).toBeVisible();
      await expect(page.getByLabel('Figures of the corpus')).toBeVisible();
      await expect.poll(() => labelsShown(page)).toEqual(emotions);
      const rows = page.getByRole('table', { name: /^Utterances by .*speaker.* and class$/ });
      // Corpora with tables have rows for other groups, and none for speakers whose utterances are of no class.
      if (speakers !== null && (Object.hasOwn(NAMED_CORPORA, id) || id === 'iemocap'))
        await expect(rows.locator('tbody tr')).toHaveCount(speakers);
    });
  }
  // What lies outside of a scheme is counted, and used in none of its classes.
  await dropFolder(page, page.getByRole('main'), join(root, 'msp-podcast'));
  const labels = page.getByRole('table', { name: 'Labels of the corpus and the classes they become' });
  await expect(labels.getByRole('row', { name: /^X left out 1$/ })).toBeVisible();
});

test('a zip is read as its folder, and found again after a reload; of a large one a part is read', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.open();
  const { files, emotions } = corpora['crema-d']!;
  const zip = join(root, 'crema.zip');
  writeFileSync(
    zip,
    zipSync(Object.fromEntries(Object.entries(files).map(([path, content]) => [path, bytesOf(content)]))),
  );
  await dropFolder(page, page.getByRole('main'), zip);
  await expect(page.getByText('Read as CREMA-D.')).toBeVisible();
  await expect.poll(() => labelsShown(page)).toEqual(emotions);
  await page.reload();
  await bench.goTo('Start');
  await page.getByRole('button', { name: 'Reconnect crema.zip' }).click();
  await bench.goTo('Data');
  await expect.poll(() => labelsShown(page)).toEqual(emotions);

  // ESD's names, one more than are read unasked.
  const count = LARGE_CORPUS + 1;
  const sound = toneOf('large', 160);
  const large = Object.fromEntries(
    Array.from({ length: count }, (_, i) => {
      const [speaker, text] = [1 + Math.floor(i / 1750), 1 + (i % 1750)];
      const emotion = ['Neutral', 'Angry', 'Happy', 'Sad', 'Surprise'][Math.floor((text - 1) / 350)]!;
      const [who, what] = [String(speaker).padStart(4, '0'), String(text).padStart(6, '0')];
      return [`${who}/${emotion}/${who}_${what}.wav`, sound];
    }),
  );
  writeFileSync(join(root, 'large.zip'), zipSync(large, { level: 0 }));
  await dropFolder(page, page.getByRole('main'), join(root, 'large.zip'));
  const panel = page.getByRole('region', { name: '“large.zip” is a large corpus' });
  await panel.getByRole('spinbutton').first().fill('100');
  await panel.getByRole('button', { name: 'Read' }).click();
  await expect(page.getByText('Read as ESD.')).toBeVisible();
  // By their shares: 350 of each emotion in eleven speakers of twelve.
  const shown = await labelsShown(page);
  expect(Object.values(shown).reduce((sum, one) => sum + one, 0)).toBe(100);
  expect(Object.keys(shown).sort()).toEqual(['Angry', 'Happy', 'Neutral', 'Sad', 'Surprise']);
});
