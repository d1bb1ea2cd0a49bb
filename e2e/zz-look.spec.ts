import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from './support/test';
import { Workbench } from './support/workbench';

test('look', async ({ page, context }) => {
  test.setTimeout(500_000);
  const bench = new Workbench(page);
  await bench.openLink('epochs=8&size=32&width=0.125&batch=32&backend=wasm&measure=5:representation');
  const ids = await page.evaluate(async () => {
    const made = [];
    for (const id of ['unweighted-sum', 'weighted-average', 'dwa'] as const) for (const seed of [1, 2, 3]) made.push((await window.equipoise.run({ strategy: { id, options: {} }, seed, ...(id === 'dwa' && seed === 3 ? { epochs: 6 } : {}) })).id);
    made.push((await window.equipoise.fork(made[0]!, { strategy: { id: 'famo', options: {} }, epochs: 11 })).id);
    return made;
  });
  const shot = (p: typeof page, name: string, full = true) => p.screenshot({ path: `/tmp/look/${name}.png`, fullPage: full });
  await bench.goTo('Compare');
  await expect(page.getByRole('table', { name: 'Tests on utterances' })).toBeVisible({ timeout: 60_000 });
  const save = async (name: string, button: string): Promise<void> => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
    const text = await readFile(await download.path(), 'utf8');
    await writeFile(`/tmp/look/${name}.html`, text);
    const other = await context.newPage();
    await other.setViewportSize({ width: 1280, height: 900 });
    await other.setContent(text);
    await shot(other, `report-${name}`);
    await other.pdf({ path: `/tmp/look/report-${name}.pdf` }).catch(() => undefined);
    await other.setViewportSize({ width: 390, height: 800 });
    await shot(other, `report-${name}-phone`);
    await other.close();
  };
  await save('en', 'HTML report of this comparison');
  await page.getByRole('button', { name: 'HTML report of this comparison' }).scrollIntoViewIfNeeded();
  await shot(page, 'compare-button', false);
  await bench.goTo('Runs');
  await page.getByRole('button', { name: 'Report' }).click();
  await shot(page, 'dialog-en', false);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Import' }).click();
  await shot(page, 'import-en', false);
  await page.goto('/?x#/runs?lang=ru&theme=dark');
  await page.evaluate(() => 0);
  await writeFile('/tmp/look/ids.json', JSON.stringify(ids));
});
