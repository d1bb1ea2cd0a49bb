/**
 * The corpus in numbers: a bar leads to exactly the utterances that it counts; what is excluded is out of the split,
 * of a run and of its export, is told, and can be taken back.
 */
import { expect, test } from './support/test';
import { TINY, Workbench } from './support/workbench';

test.use({ demoIsMade: true });

test('a bar leads to its utterances, and what is excluded takes no part', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open('#/data/statistics');
  await expect(page.getByText('Of the 430 utterances')).toBeVisible();

  // By the keyboard: the last bar, of the longest recordings.
  const bars = page.getByRole('group', { name: /^Duration, s of 430 utterances: median/ });
  await bars.getByRole('link').first().press('End');
  const bar = page.locator('[data-key]:focus');
  const said = (await bar.getAttribute('aria-label')) ?? '';
  const [, count] = /: (\d+) of 430$/.exec(said) ?? [];
  expect(Number(count)).toBeGreaterThan(0);
  await bar.press('Enter');
  await expect(page.getByText(`${count} of 460 utterances`)).toBeVisible();
  const grid = page.getByRole('grid', { name: 'All utterances' });
  const id = await grid.getByRole('row').nth(1).getByRole('gridcell').first().innerText();
  expect(id).toMatch(/^Ses0/);

  // A link that excludes it, and one that this corpus does not have.
  await bench.openLink(`exclude=0.${id}~0.Ses99F_impro01_F000&epochs=1&${TINY}`);
  await bench.press('Play');
  await expect(bench.state).toHaveText('finished');
  await expect(page.getByText('Utterances excluded by the configuration: 1.')).toHaveCount(1);
  const files = await bench.exportNewest();
  const json = (name: string): unknown => JSON.parse(new TextDecoder().decode(files[name]));
  expect(json('config.json')).toMatchObject({ config: { exclude: [id, 'Ses99F_impro01_F000'] } });
  expect(json('preflight.json')).toMatchObject({ utterances: { train: 343, validation: 86 } });

  await bench.open('#/data/statistics');
  await expect(page.getByText('Of the 429 utterances')).toBeVisible();
  const excluded = page.getByRole('region', { name: 'Excluded utterances' });
  await expect(excluded.getByText('1 utterance of this corpus is excluded.')).toBeVisible();
  await expect(excluded.getByRole('alert')).toContainText('Not in this corpus: 1 (Ses99F_impro01_F000)');
  await excluded.getByRole('button', { name: `Take ${id} back` }).click();
  await expect(page.getByText('Of the 430 utterances')).toBeVisible();
  await excluded.getByRole('button', { name: 'Take those off the list' }).click();
  await expect(excluded.getByText('None.')).toBeVisible();
});
