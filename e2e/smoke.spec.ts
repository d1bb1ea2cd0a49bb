/**
 * The page opens at all: isolated, with a heading, with its headers - and quietly, which every test checks by
 * itself.
 */
import { expect, test } from './support/test';

test('the page opens, isolated and with something to do', async ({ page }) => {
  const response = await page.goto('./');
  expect(response?.ok()).toBe(true);
  await expect(page).toHaveTitle(/Equipoise/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('the policy is sent as a header and written into the page', async ({ page }) => {
  const response = await page.goto('./');
  const header = (await response?.headerValue('content-security-policy')) ?? '';
  const meta =
    (await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')) ?? '';
  expect(header).toBe(`${meta}; frame-ancestors 'none'`);
  expect(header).toContain("default-src 'self'");
  expect(header).not.toMatch(/https?:|\*|'unsafe-eval'/);
});
