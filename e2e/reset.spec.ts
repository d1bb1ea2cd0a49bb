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
