/**
 * What people type, reload, follow and press: numbers in both languages, the kept configuration, the demo's
 * own settings, options of a run that goes.
 */
import { strToU8, zipSync } from 'fflate';
import { expect, test } from './support/test';
import { csvRows, remarked, text, TINY, Workbench } from './support/workbench';

test.use({ demoIsMade: true });

test('numbers are read with comma and point in both languages; what cannot be read is refused in sight and changes nothing', async ({
  page,
}) => {
  for (const [language, name, two] of [
    ['en', 'Learning rate', 'read in two ways'],
    ['ru', 'Скорость обучения', 'прочесть двояко'],
  ] as const) {
    await page.goto(`/#/train?lang=${language}`);
    const rate = page.getByRole('spinbutton', { name, exact: true });
    const draft = () =>
      page.evaluate(
        () =>
          (
            JSON.parse(localStorage.getItem('equipoise-draft') ?? '{}') as {
              config?: { optimizer: { learningRate: number } };
            }
          ).config?.optimizer.learningRate,
      );
    for (const [typed, value] of [
      ['0,002', 0.002],
      ['0.003', 0.003],
      ['4e-3', 0.004],
      ['1,5e-3', 0.0015],
      ['0,001', 0.001],
    ] as const) {
      await rate.fill(typed);
      await expect.poll(draft, typed).toBe(value);
      await rate.blur();
      await expect(rate).toHaveValue(String(value));
      await expect(rate).toHaveAttribute('aria-invalid', 'false');
    }
    // Key by key, as it is typed: the way there leads over numbers that are valid.
    for (const typed of ['1,000', 'abc', '2', '1e-', '']) {
      await rate.fill('');
      await rate.pressSequentially(typed);
      await rate.blur();
      await expect(rate, typed).toHaveAttribute('aria-invalid', 'true');
      await expect(rate).toHaveAccessibleDescription(/0\.001/);
      expect(await draft()).toBe(0.001);
    }
    await rate.fill('1,000');
    await expect(page.getByText(two)).toBeVisible();
    await rate.fill('0.5');
    await expect(page.getByText(two)).toHaveCount(0);
    await rate.fill('0.001');
    await rate.press('ArrowUp');
    await expect(rate).toHaveValue('0.002');
    await rate.press('ArrowDown');
    await expect(rate).toHaveValue('0.001');
  }
  const seed = page.getByRole('spinbutton', { name: 'Зерно', exact: true });
  await seed.focus();
  await seed.hover();
  await page.mouse.wheel(0, 120);
  await page.mouse.wheel(0, -240);
  await expect(seed).toHaveValue('1');
  await seed.press('ArrowUp');
  await expect(seed).toHaveValue('2');
});

test('a reload keeps the configuration; a link takes its place; the preset is one press away', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.open('#/train');
  await page.getByRole('combobox', { name: 'Split', exact: true }).click();
  await page.getByRole('option', { name: /session 5/i }).click();
  const epochs = page.getByRole('spinbutton', { name: 'Epochs', exact: true });
  await epochs.fill('3');
  await page.reload();
  await expect(epochs).toHaveValue('3');
  await expect(page.getByRole('combobox', { name: 'Split', exact: true })).toContainText('5');
  await bench.openLink('seed=7');
  await expect(page.getByRole('spinbutton', { name: 'Seed', exact: true })).toHaveValue('7');
  await expect(epochs).toHaveValue('40');
  await page.reload();
  await expect(page.getByRole('spinbutton', { name: 'Seed', exact: true })).toHaveValue('7');
  // What does not fit any more is dropped and told; the rest stays.
  await page.evaluate(() =>
    localStorage.setItem(
      'equipoise-draft',
      localStorage.getItem('equipoise-draft')!.replace('"epochs":40', '"epochs":0'),
    ),
  );
  await page.reload();
  await expect(page.getByRole('alert').filter({ hasText: 'last visit' })).toContainText('Epochs');
  await expect(page.getByRole('spinbutton', { name: 'Seed', exact: true })).toHaveValue('7');
  await bench.button('Reset to the preset “Compact”').click();
  await expect(page.getByRole('spinbutton', { name: 'Seed', exact: true })).toHaveValue('1');
  await expect(bench.button('Reset to the preset “Compact”')).toBeDisabled();
});

test('the demo has settings of its own, whatever is set; what is set stays for the next run', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.openLink('preset=paper&seed=9&backend=wasm');
  await bench.goTo('Start');
  await remarked(page, 'your configuration is kept for the next run', () =>
    bench.button('Try the demo corpus').click(),
  );
  await expect
    .poll(() => page.evaluate(async () => (await window.equipoise.runs())[0]?.config ?? null))
    .toMatchObject({
      inputSize: 64,
      width: 0.25,
      epochs: 40,
      seed: 1,
      backend: 'auto',
      strategy: { id: 'weighted-average', options: { detached: false } },
      corpus: { kind: 'demo', seed: 1, difficulty: 0.5 },
    });
  await expect
    .poll(() => page.evaluate(() => window.equipoise.runs().then(([run]) => run?.stepsDone ?? 0)))
    .toBeGreaterThan(0);
  await bench.press('Stop');
  await expect(bench.state).toHaveText('stopped');
  await expect(page.getByRole('combobox', { name: 'Preset' })).toContainText('Paper');
  await expect(page.getByRole('spinbutton', { name: 'Seed', exact: true })).toHaveValue('9');
});

test('a link that a mail has spoiled is read as it was meant; names that mean nothing and values out of range are told in words', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(
    'corpus=demo&amp;strategy=static&amp;seed=7&amp;options=weights%253A1%253B0.5%253B2&amp;utm_source=mail',
  );
  await expect(page.getByRole('spinbutton', { name: 'Seed', exact: true })).toHaveValue('7');
  await expect(page.getByRole('slider', { name: 'Weight, speaker' })).toHaveValue('0.5');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await bench.openLink('strategi=dwa&epochs=99999&theme=pink');
  await expect(page.getByRole('alert').filter({ hasText: 'strategi' })).toContainText(
    'Did it mean “strategy”?',
  );
  await expect(page.getByRole('alert').filter({ hasText: 'epochs=99999' })).toContainText(
    'out of range (1–10000)',
  );
  await expect(page.getByRole('alert').filter({ hasText: 'theme=pink' })).toContainText(
    'system, light, dark',
  );
});

test('options of a run that goes show what acts, whoever set it, and one changes alone', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.openLink(`strategy=static&epochs=2000&seed=1&${TINY}`);
  await bench.press('Play');
  await bench.waitForEpoch(1);
  await page.getByRole('slider', { name: 'Weight, gender' }).fill('2');
  const log = page.getByRole('log', { name: 'Events' });
  await expect(log).toContainText('Weights: 1 / 1 / 2');
  const switchTo = (id: 'famo' | 'grad-norm', options: Record<string, number>) =>
    page.evaluate(([name, set]) => window.equipoise.switchStrategy({ id: name, options: set }), [
      id,
      options,
    ] as const);
  await switchTo('famo', {});
  const rate = page.getByRole('spinbutton', { name: 'Learning rate of the weights' });
  await expect(rate).toHaveValue('0.025');
  await rate.fill('0.03');
  await expect(log).toContainText('Learning rate of the weights: 0.03');
  await switchTo('grad-norm', { alpha: 3, learningRate: 0.1 });
  const alpha = page.getByRole('spinbutton', { name: 'Restoring force α' });
  await expect(alpha).toHaveValue('3');
  await expect(rate).toHaveValue('0.1');
  await alpha.fill('2');
  await expect(log).toContainText(/Restoring force α: 2\b.*Learning rate of the weights: 0\.1\b/);
  await expect(rate).toHaveValue('0.1');
  // By script as well; and a field that is not touched follows.
  await page.evaluate(() => window.equipoise.setStrategyOptions({ learningRate: 0.2 }));
  await expect(rate).toHaveValue('0.2');
  await expect(alpha).toHaveValue('2');
  await page.evaluate(() => window.equipoise.setStrategyOptions({ alpha: 4 }));
  await expect(alpha).toHaveValue('4');
  await bench.press('Stop');
  await expect(bench.state).toHaveText('stopped');
});

test('a run whose tables a spreadsheet has saved is read; an archive that only grows is refused, and the page lives', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(`strategy=weighted-average&epochs=1&seed=4&${TINY}`);
  await bench.press('Play');
  await expect(bench.state).toHaveText('finished');
  const files = await bench.exportNewest();
  // Semicolons, decimal commas, truth values in Russian, an empty line at the end; packed again in a folder.
  const russian = (csv: string): string => {
    const rows = csvRows(csv);
    const cell = (value: string): string =>
      value === 'true'
        ? 'ИСТИНА'
        : value === 'false'
          ? 'ЛОЖЬ'
          : /^-?[\d.]+(e[+-]?\d+)?$/.test(value)
            ? value.replace('.', ',')
            : value;
    return `\uFEFF${[Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n\r\n`;
  };
  const zipOf = (change: Record<string, string>): string =>
    Buffer.from(
      zipSync(
        Object.fromEntries(
          Object.entries({
            ...files,
            ...Object.fromEntries(Object.entries(change).map(([name, content]) => [name, strToU8(content)])),
          }).map(([name, bytes]) => [`run/${name}`, bytes]),
        ),
      ),
    ).toString('base64');
  const importZip = (base64: string) =>
    page.evaluate(async (packed) => {
      const file = new Blob([Uint8Array.from(atob(packed), (c) => c.charCodeAt(0))]);
      return window.equipoise.importFile(file, 'run.zip').then(
        (found) => ({ ...found, code: '' }),
        (error: unknown) => ({ code: (error as { code: string }).code }),
      );
    }, base64);
  const saved = Object.fromEntries(
    ['metrics.csv', 'steps.csv', 'confusion.csv', 'times.csv'].map((name) => [
      name,
      russian(text(files[name])),
    ]),
  );
  expect(await importZip(zipOf(saved))).toMatchObject({
    code: '',
    kind: 'run',
    epochs: 1,
    state: 'finished',
  });
  const [copy, original] = await page.evaluate(() => window.equipoise.runs());
  expect({ ...copy!.best, runId: '', seconds: 0 }).toEqual({ ...original!.best, runId: '', seconds: 0 });
  for (const [name, content, code] of [
    ['config.json', '['.repeat(8_000_000), 'json-too-deep'],
    ['steps.csv', '\n'.repeat(20_000_000), 'archive-too-many-rows'],
    ['log.csv', 'a,b\n'.repeat(2_300_000), 'archive-too-many-rows'],
    ['metrics.csv', saved['metrics.csv']!.replace(/\d+,\d+/, '01.май'), 'archive-date'],
  ] as const)
    expect(await importZip(zipOf({ [name]: content })), name).toEqual({ code });
  expect(await page.evaluate(() => window.equipoise.runs().then((runs) => runs.length))).toBe(2);
});
