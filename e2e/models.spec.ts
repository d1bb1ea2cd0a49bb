/** The paper's three models, counted on the screen. */
import { expect, test } from './support/test';
import { Workbench } from './support/workbench';

test('the proposed model and both reference models have as many parameters as the paper’s', async ({
  page,
}) => {
  const bench = new Workbench(page);
  for (const [architecture, query, count] of [
    ['the proposed model', 'preset=paper', '63,762,576'],
    ['reference model 2', 'preset=paper&architecture=vgg11-single', '61,652,740'],
    ['reference model 1', 'preset=paper&architecture=alexnet-single', '17,073,348'],
  ] as const) {
    await bench.openLink(query);
    await expect(page.getByTestId('parameter-count'), architecture).toHaveText(count);
  }
});
