/** What departs from the preset: marked, listed, and put back control by control. */
import { expect, test } from './support/test';

test('a setting that differs from the preset is listed and goes back with one press', async ({ page }) => {
  await page.goto('/#/train');
  const rate = page.getByRole('spinbutton', { name: 'Learning rate', exact: true });
  const seed = page.getByRole('spinbutton', { name: 'Seed', exact: true });
  const back = page.getByRole('button', { name: 'Learning rate: back to the preset’s value' });
  await expect(rate).toHaveValue('0.001');
  await expect(back).toHaveCount(0);
  await rate.fill('0.002');
  await seed.fill('7');
  const list = page.locator('details', { hasText: '2 settings differ from the preset' });
  await list.getByText('2 settings differ from the preset').click();
  await expect(list.getByText('Learning rate: 0.002 (preset: 0.001)')).toBeVisible();
  await expect(list.getByText('Seed: 7 (preset: 1)')).toBeVisible();
  await rate.blur();
  await back.click();
  await expect(rate).toHaveValue('0.001');
  await expect(back).toHaveCount(0);
  await expect(seed).toHaveValue('7');
  await page.getByRole('button', { name: 'Seed: back to the preset’s value' }).click();
  await expect(page.locator('details', { hasText: 'from the preset' })).toHaveCount(0);
});

test('so do the options of what is chosen by name: optimiser, split, augmentation, loss, strategy', async ({
  page,
}) => {
  await page.goto('/#/train?optimizer=sgd,momentum:0.8&augment=gain,decibels:12&split=random:0.3');
  await expect(page.getByText(/settings differ from the preset/)).toBeVisible();
  const back = (name: string) => page.getByRole('button', { name: `${name}: back to the preset’s value` });
  await back('Share for validation').click();
  await expect(page.getByRole('slider', { name: 'Share for validation' })).toHaveValue('0.2');
  await back('Momentum').click();
  await expect(page.getByRole('spinbutton', { name: 'Momentum' })).toHaveValue('0.9');
  await expect(back('Momentum')).toHaveCount(0);

  // A loss's options stand beside the preset's, task by task.
  await page.getByText('Tasks and losses').click();
  await page.getByRole('combobox', { name: 'Weights of classes' }).first().click();
  await page.getByRole('option', { name: 'balanced' }).click();
  await page.getByText(/settings differ from the preset/).click();
  await expect(
    page.getByText('emotion, weights of classes: balanced, n / (C·n_c) (preset: none)'),
  ).toBeVisible();
  await back('Weights of classes').click();
  await expect(page.getByText(/^emotion, weights of classes/)).toHaveCount(0);
});
