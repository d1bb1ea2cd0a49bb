/** The `webgpu` project has an adapter, in software; the page is the smallest one that our server sends. */
import { expect, test } from './support/test';

test('there is a WebGPU adapter', async ({ page, faults }) => {
  // a picture opened on its own names no icon, so the browser asks for the usual one
  faults.allow(/favicon\.ico/);
  await page.goto('icon.svg');
  expect(await page.evaluate(async () => (await navigator.gpu.requestAdapter()) !== null)).toBe(true);
});
