/** Every screen through axe in both themes and both languages, and the page at the width of a phone. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './support/test';
import { TINY, Workbench } from './support/workbench';

const SCREENS = [
  '#/',
  '#/data',
  '#/data/statistics',
  '#/data/features',
  '#/data/utterances',
  '#/train',
  '#/sweep',
  '#/runs',
  '#/compare',
  '#/paper',
  '#/bench',
] as const;
/** Look another way as long as there is no run. */
const EMPTY = ['#/data', '#/train', '#/sweep', '#/runs', '#/compare'] as const;

test('no screen has an accessibility violation, empty or with a run on it', async ({ page }) => {
  const bench = new Workbench(page);
  const check = async (label: string): Promise<void> => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(
        ({ id, nodes }) =>
          `${label}: ${id} ${nodes
            .map(({ target }) => target.join(' '))
            .slice(0, 3)
            .join(', ')}`,
      ),
    ).toEqual([]);
  };
  for (const filled of [false, true]) {
    if (filled) {
      await bench.openLink(`epochs=1&${TINY}`);
      await bench.press('Play');
      await expect(bench.state).toHaveText('finished');
      await page.evaluate(async () => {
        await window.equipoise.pauseSweeps();
        await window.equipoise.sweep({
          strategies: ['unweighted-sum', { id: 'static', options: { weights: [1, 1, 0.5] } }],
          seeds: [1, 2],
        });
      });
    }
    // What is empty has few elements of its own: one of the two is enough there.
    for (const [language, theme] of (
      [
        ['ru', 'dark'],
        ['en', 'light'],
      ] as const
    ).slice(0, filled ? 2 : 1)) {
      for (const screen of filled ? SCREENS : EMPTY) {
        await page.goto(`/${screen}?lang=${language}&theme=${theme}`);
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await expect(page.getByRole('main')).not.toBeEmpty();
        await check(`${screen} ${language} ${theme} ${filled ? 'filled' : 'empty'}`);
      }
    }
    await page.goto('/#/?lang=en&theme=system');
  }
  await bench.goTo('Runs');
  await page.getByRole('button', { name: /^Fork/ }).click();
  await expect(page.getByRole('dialog', { name: /^Fork/ })).toBeVisible();
  await check('fork dialog');
});

test('nothing is wider than a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const bench = new Workbench(page);
  for (const screen of SCREENS) {
    await bench.open(screen);
    await expect(page.getByRole('main')).not.toBeEmpty();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, screen).toBe(0);
  }
});

test('on a narrow screen the configuration is folded away, and complete when it is opened', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const bench = new Workbench(page);
  await bench.openLink('strategy=static');
  const slider = page.getByRole('slider', { name: 'Weight, gender' });
  await expect(slider).toBeHidden();
  await bench.button('Show the configuration').click();
  await expect(slider).toBeVisible();
  await slider.press('ArrowRight');
  await expect(slider).toHaveValue('1.05');
});

test('the keyboard plays, pauses and steps', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.openLink(`epochs=1000&${TINY}`);
  await page.getByRole('main').focus();
  await page.keyboard.press('Space');
  await expect(bench.state).toHaveText('running');
  await page.keyboard.press('Space');
  await expect(bench.state).toHaveText('paused');
  const before = await bench.steps();
  await page.keyboard.press('.');
  await expect.poll(() => bench.steps()).toBe(before + 1);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await bench.press('Stop');
});
