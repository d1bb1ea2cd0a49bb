/**
 * Augmentations from the form to the last bit: a list put together on Train, looked at on Data, trained with,
 * and a run that was interrupted under it ends as one that was not.
 */
import type { Page } from 'playwright/test';
import { differences, resultOf } from './support/result';
import { expect, test } from './support/test';
import { TINY, Workbench } from './support/workbench';

/** The grey levels that a canvas shows. */
const pixels = (page: Page, name: RegExp): Promise<string> =>
  page.getByRole('img', { name }).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

const steps = (page: Page) => page.getByRole('group', { name: 'Augmentations, in their order' });

async function add(page: Page, name: string): Promise<void> {
  await steps(page).getByRole('button', { name: 'Add augmentation' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option }).click();
}

test('a list of augmentations: put together, seen, trained with, resumed to the same bits', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(`seed=5&epochs=2&${TINY}`);
  const list = steps(page);
  await expect(list.getByRole('listitem')).toHaveText([/1\. random window/]);
  await add(page, 'SpecAugment');
  await add(page, 'gain');
  await list.getByRole('spinbutton', { name: 'Gain, ± dB' }).fill('12');
  // The window brings every utterance to one length: a second one would change nothing.
  await list.getByRole('button', { name: 'Add augmentation' }).click();
  await expect(page.getByRole('menuitem', { name: /random window/ })).toBeDisabled();
  await page.keyboard.press('Escape');
  await list.getByRole('button', { name: 'Move gain up' }).click();
  await list.getByRole('button', { name: 'Move gain up' }).click();
  await list.getByRole('button', { name: 'Move gain down' }).click();
  await expect(list.getByRole('listitem')).toHaveText([/1\. random window/, /2\. gain/, /3\. SpecAugment/]);

  await test.step('Data shows the list, and any one of them, on any utterance', async () => {
    await bench.goTo('Data');
    await bench.button('Open the demo corpus').click();
    const panel = page.getByRole('region', { name: 'Augmentations' });
    await expect(panel).toContainText('random window → gain → SpecAugment');
    await panel.getByRole('button', { name: 'Show', exact: true }).click();
    const [before, after] = [/before augmentation$/, /after augmentation$/];
    await expect(page.getByRole('img', { name: after })).toBeVisible();
    const [original, first] = [await pixels(page, before), await pixels(page, after)];
    expect(first).not.toBe(original);
    await panel.getByRole('button', { name: 'Draw again' }).click();
    await expect.poll(() => pixels(page, after)).not.toBe(first);
    expect(await pixels(page, before)).toBe(original);
    const utterance = await panel.getByRole('combobox', { name: 'Utterance' }).inputValue();
    await panel.getByRole('button', { name: 'Next utterance' }).click();
    await expect(panel.getByRole('combobox', { name: 'Utterance' })).not.toHaveValue(utterance);
    await expect.poll(() => pixels(page, before)).not.toBe(original);

    await choose(page, 'Augmentation', 'gain');
    await panel.getByRole('spinbutton', { name: 'Gain, ± dB' }).fill('0');
    // No gain: the same grey levels at the utterance's own length.
    await expect.poll(async () => (await pixels(page, after)) === (await pixels(page, before))).toBe(true);
    await choose(page, 'Augmentation', 'mixup');
    await expect(panel).toContainText(/\d+\s?% of the utterance itself, \d+\s?% of Ses/);
  });

  await test.step('on Features the spectrogram follows its settings, and goes back to the preset', async () => {
    await page.getByRole('link', { name: 'Features', exact: true }).click();
    const picture = page.getByRole('img', { name: /^Spectrogram of Ses/ });
    const frames = async (): Promise<number> =>
      Number(/(\d+) frames × 512 bands/.exec((await picture.getAttribute('aria-label')) ?? '')?.[1]);
    await expect.poll(frames).toBeGreaterThan(0);
    const usual = await frames();
    await page.getByRole('spinbutton', { name: 'Hop' }).fill('256');
    // 1 + floor(n / 512) frames before, 1 + floor(n / 256) now.
    await expect.poll(async () => [2 * usual - 1, 2 * usual].includes(await frames())).toBe(true);
    await page.getByRole('slider', { name: 'Hop' }).press('ArrowRight');
    await expect(page.getByRole('spinbutton', { name: 'Hop' })).toHaveValue('257');
    await page.getByRole('button', { name: /Hop/ }).click();
    await expect.poll(frames).toBe(usual);
  });

  await bench.goTo('Train');
  await bench.press('Play');
  const { result: whole } = await resultOf(bench);
  const config = await page.evaluate(async () => (await window.equipoise.runs())[0]!.config.augmentations);
  expect(config).toEqual([
    { id: 'paper-dice' },
    { id: 'gain', decibels: 12 },
    {
      id: 'spec-augment',
      timeMasks: 2,
      timeShare: 0.1,
      frequencyMasks: 2,
      frequencyShare: 0.15,
      fill: 'mean',
    },
  ]);

  await test.step('interrupted after the first epoch and continued', async () => {
    await bench.reloadAfter(1, () => bench.press('Play'));
    await bench.continueNewest();
    expect(differences((await resultOf(bench)).result, whole)).toEqual([]);
  });

  await test.step('without SpecAugment and gain training sees something else, validation the same', async () => {
    await steps(page).getByRole('button', { name: 'Remove SpecAugment' }).click();
    await steps(page).getByRole('button', { name: 'Remove gain' }).click();
    await page.evaluate(() => window.equipoise.run());
    const { result } = await resultOf(bench);
    expect(result.steps[0]).not.toEqual(whole.steps[0]);
  });
});
