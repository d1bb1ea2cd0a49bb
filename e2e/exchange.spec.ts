/**
 * The lab's journeys: the sandbox before any run, slow motion, a report opened in the browser, configuration,
 * link and run imported again, the paper's page.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright';
import { dropFolder } from './support/drop-folder';
import { expect, test } from './support/test';
import { copied, pick, remarked, text, TINY, Workbench } from './support/workbench';

test.use({ demoIsMade: true });

async function savedFile(page: Page, act: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('the sandbox shows an easy task pushed uphill before there is any run, and steps a strategy with a memory', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.openLink('strategy=weighted-average');
  await bench.button('Sandbox').click();
  const box = page.getByRole('dialog', { name: 'Sandbox' });
  const effective = (task: string) =>
    box.getByRole('row', { name: /effective/ }).nth(['emotion', 'speaker', 'gender'].indexOf(task));
  await expect(effective('gender')).toContainText('−0.450');
  await expect(box.getByRole('status').first()).toContainText('Pushed uphill: gender');
  await expect(box.getByRole('status').first()).toContainText(
    'gender is below its turning point: a loss of 0.88',
  );
  const slider = box.getByRole('slider', { name: 'Loss, gender' });
  await slider.focus();
  // Up to the turning point and over it: 0.87 is below, 0.88 above √20.94 − 3.7 = 0.876.
  for (let loss = 10; loss < 87; loss++) await slider.press('ArrowRight');
  await expect(slider).toHaveValue('0.87');
  await expect(effective('gender')).toContainText('−0.00');
  await slider.press('ArrowRight');
  await expect(effective('gender')).toContainText('0.00');
  await expect(box.getByRole('status').first()).not.toContainText('Pushed uphill');
  await box.getByRole('switch', { name: 'Detach the shares' }).click();
  await expect(box.getByRole('status').first()).toContainText('Effective and nominal weights are the same');

  await box.getByRole('combobox', { name: 'Strategy' }).click();
  await page.getByRole('option', { name: /^Revised uncertainty/ }).click();
  await expect(effective('gender')).toContainText('0.500');
  await box.getByRole('button', { name: '10 steps' }).click();
  await expect(box.getByText('10 steps taken on these losses.')).toBeVisible();
  await expect(effective('gender')).not.toContainText('0.500');

  // A strategy that looks at gradients has their lengths and angles to set: orthogonal and alike, no
  // combination is shorter than a third each.
  await box.getByRole('combobox', { name: 'Strategy' }).click();
  await page.getByRole('option', { name: /^MGDA/ }).click();
  for (const task of ['emotion', 'speaker', 'gender'])
    await box.getByRole('slider', { name: `Length of the gradient, ${task}` }).fill('2');
  for (const pair of ['emotion – speaker', 'emotion – gender', 'speaker – gender'])
    await box.getByRole('slider', { name: `Cosine, ${pair}` }).fill('0');
  for (const task of ['emotion', 'speaker', 'gender']) await expect(effective(task)).toContainText('0.333');
  await box.getByRole('combobox', { name: 'Strategy' }).click();
  await page.getByRole('option', { name: /^Revised uncertainty/ }).click();
  await box.getByRole('button', { name: 'Use these settings for the next run' }).click();
  await expect(page.getByRole('combobox', { name: 'Strategy' })).toHaveText('Revised uncertainty');
});

test('what is exported can be opened: chart files, report, configuration, link, and the run itself', async ({
  page,
  context,
}, info) => {
  const bench = new Workbench(page);
  await bench.openLink(`strategy=weighted-average&seed=3&epochs=2&${TINY}`);
  // Slow motion: the first step is shown and the next one waits; full speed goes on at once.
  await pick(page.getByRole('radio', { name: '0.5' }));
  await bench.press('Play');
  await expect(page.getByRole('table', { name: /^Losses and weights at step/ })).toBeVisible();
  await pick(page.getByRole('radio', { name: 'full' }));
  await expect(bench.state).toHaveText('finished');
  const original = (await page.evaluate(() => window.equipoise.runs()))[0]!;
  expect(JSON.stringify(original.config)).not.toContain('pace');

  // A chart's picture is twice as large as on screen, with its legend and the run in its caption.
  const chart = page.getByRole('figure', { name: 'Effective weights' });
  const width = await chart
    .locator('svg.recharts-surface')
    .evaluate((svg) => svg.getBoundingClientRect().width);
  const choose = async (item: string): Promise<void> => {
    await page.getByRole('button', { name: 'Effective weights: table and files' }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const svg = (await savedFile(page, () => choose('Save as SVG'))).bytes.toString('utf8');
  const png = (await savedFile(page, () => choose('Save as PNG'))).bytes.toString('base64');
  const decoded = await page.evaluate(
    async ([picture, source]) => {
      const image = await createImageBitmap(
        new Blob([Uint8Array.from(atob(picture!), (c) => c.charCodeAt(0))], { type: 'image/png' }),
      );
      const parsed = new DOMParser().parseFromString(source!, 'image/svg+xml');
      return {
        width: image.width,
        broken: parsed.querySelector('parsererror') !== null,
        texts: [...parsed.querySelectorAll('text')].map((node) => node.textContent),
        key: parsed.querySelectorAll('[data-key]').length,
      };
    },
    [png, svg],
  );
  expect(decoded).toMatchObject({ width: Math.ceil(width * 2), broken: false, key: 3 });
  for (const word of ['Effective weights', 'emotion', 'speaker', 'gender'])
    expect(decoded.texts).toContain(word);
  expect(decoded.texts.join('\n')).toContain('weighted-average · 3');
  expect(decoded.texts.join(' ')).toContain('Horizontal axis: step. Thin: single steps.');

  // The configuration as a file, changed, read again.
  const config = (
    await savedFile(page, () => bench.button('Save the configuration as a file').click())
  ).bytes.toString('utf8');
  const importFile = async (name: string, bytes: Buffer): Promise<void> => {
    await bench.goTo('Runs');
    await bench.button('Import').click();
    await page
      .getByLabel('File', { exact: true })
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes });
  };
  await importFile('broken.json', Buffer.from(config.replace('"epochs": 2', '"epochs": -2')));
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText(
    '“Epochs at most” does not fit: it must lie between 1 and 10000',
  );
  await page.keyboard.press('Escape');
  await importFile('seed.json', Buffer.from(config.replace('"seed": 3', '"seed": 41')));
  await bench.shows('Train');
  await expect(page.getByLabel('Seed', { exact: true })).toHaveValue('41');
  await bench.goTo('Runs');
  await bench.button('Import').click();
  await page.getByLabel('Or paste a share link').fill('https://example.org/#/train?seed=42&colour=red');
  await bench.button('Use this link').click();
  await expect(page.getByLabel('Seed', { exact: true })).toHaveValue('42');
  await expect(page.getByRole('alert').locator('p').first()).toContainText(
    'The link’s “colour” is not known here',
  );
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const link = await copied(page, () =>
    remarked(page, 'Link copied. It carries the configuration, never data.', () =>
      bench.button('Copy a link to this configuration').click(),
    ),
  );
  expect(link).toMatch(/#\/train\?.*seed=42/);

  // The run's zip comes back as a run to look at.
  await bench.goTo('Runs');
  const zip = await savedFile(page, () =>
    page.getByRole('button', { name: /^Export weighted-average/ }).click(),
  );
  // Dropped onto the page, it is taken as by the button; what is refused stays in sight.
  const drop = async (name: string, bytes: Buffer): Promise<void> => {
    await writeFile(info.outputPath(name), bytes);
    await dropFolder(page, 'body', info.outputPath(name));
  };
  await drop('cut.zip', zip.bytes.subarray(0, zip.bytes.length - 40));
  await expect(page.getByRole('dialog', { name: 'Import' }).getByRole('alert')).toContainText(
    'cannot be read',
  );
  await page.keyboard.press('Escape');
  await drop(zip.name, zip.bytes);
  await expect(page.getByText('imported', { exact: true })).toBeVisible();
  const runs = await page.evaluate(() => window.equipoise.runs());
  const copy = runs.find(({ id }) => id !== original.id)!;
  expect(copy.config).toEqual(original.config);
  expect({ ...copy.best, runId: '' }).toEqual({ ...original.best, runId: '' });
  expect(copy).toMatchObject({ stepsDone: original.stepsDone, canContinue: false, state: 'finished' });
  // Exported again: the same bytes but for the line that tells of the import, and no weights.
  const [before, after] = [unzipSync(zip.bytes), await bench.exportRun(copy.id)];
  for (const name of [
    'metrics.csv',
    'times.csv',
    'steps.csv',
    'confusion.csv',
    'predictions-best.csv',
    'predictions-last.csv',
  ])
    expect(text(after[name]), name).toBe(text(before[name]));
  expect(text(after['log.csv']).replace(/[^\n]+run-imported[^\n]+\n$/, '')).toBe(text(before['log.csv']));
  expect(Object.keys(before).filter((name) => !(name in after))).toEqual([
    'weights-best.safetensors',
    'weights-last.safetensors',
  ]);

  // The report: a file that a browser opens without the workbench, with a line a run in every chart and every
  // count of every matrix.
  await bench.button('Report').click();
  const report = await savedFile(page, () => bench.button('Save the report').click());
  const other = await context.newPage();
  const requests: string[] = [];
  other.on('request', (request) => requests.push(request.url()));
  await other.setContent(report.bytes.toString('utf8'));
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Comparison of 2 runs');
  expect(await other.locator('#scores tbody tr').count()).toBe(6);
  expect(await other.locator('svg.chart').count()).toBe(12);
  expect(await other.locator('path.line').count()).toBe(24);
  const total = original.best!.validation.tasks[0]!.confusion.flat().reduce((sum, count) => sum + count, 0);
  const counts = await other.locator('.matrix').first().locator('td:not(.n)').allTextContents();
  expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(total);
  expect(JSON.parse((await other.locator('pre.config').first().textContent()) ?? '')).toEqual(
    original.config,
  );
  // Of a run and its copy there is nothing to tell apart, and the file says so.
  await expect(other.locator('#mcnemar tbody tr')).toHaveText([
    /^emotionRight and wrong on exactly the same utterances\.00/,
    /^speakerRight/,
    /^genderRight/,
  ]);
  await expect(other.locator('[data-caveat="imported"]')).toContainText(/Imported from files: A[12]\./);
  await expect(other.locator('[data-caveat="repeats"]')).toBeVisible();
  expect(requests).toEqual([]);
  await other.close();

  // The same by script: what it was, what was not read, and the named error where it is refused.
  const byScript = await page.evaluate(
    async ([id, json]) => {
      const { equipoise } = window;
      const run = await equipoise.importFile(await equipoise.exportRun(id), 'again.zip');
      const configuration = await equipoise.importFile(new Blob([json]));
      const refused = await equipoise
        .importFile(new Blob(['PK no zip']))
        .catch((error: unknown) => error as { name: string; code: string });
      return {
        run,
        configuration,
        refused: {
          name: refused && 'name' in refused ? refused.name : '',
          code: 'code' in refused ? refused.code : '',
        },
        stored: (await equipoise.runs()).length,
      };
    },
    [original.id, config] as const,
  );
  expect(byScript).toMatchObject({
    run: {
      kind: 'run',
      name: original.name,
      state: 'finished',
      epochs: 2,
      steps: original.stepsDone,
      left: ['weights-best.safetensors', 'weights-last.safetensors'],
      unknown: [],
      absent: [],
    },
    configuration: { kind: 'configuration', config: original.config },
    refused: { name: 'ConfigError', code: 'zip-damaged' },
    stored: 3,
  });

  // The paper's page shows the run beside the published numbers and says what it did differently.
  await page.goto('/#/paper');
  const f1 = original.best!.validation.tasks[0]!.macroF1;
  await expect(
    page.getByRole('table', { name: /^Table 3/ }).getByRole('row', { name: /^emotion/ }),
  ).toContainText(`0.673${f1.toFixed(3)}`);
  await expect(page.getByRole('article', { name: 'Proposed model' })).toContainText(
    'Corpus: Demo corpus (paper: IEMOCAP)',
  );
  await expect(bench.button('Queue 2 runs')).toBeVisible();
});
