/** Tasks as data: what a spec may be, tasks made of columns, links, pictures of numbers, and who may name one. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromQuery, toQuery } from '../../src/core/config/link';
import { parseRunConfig } from '../../src/core/config/parse';
import { PRESETS } from '../../src/core/config/presets';
import { numberPictureFile } from '../../src/core/export/number-file';
import { numberPicture } from '../../src/core/tasks/metrics/picture';
import { metricsFor } from '../../src/core/tasks/metrics/registry';
import { firstLoss, taskOfColumn } from '../../src/core/tasks/of-column';
import { PAPER_TASKS, TASKS } from '../../src/core/tasks/presets';
import type { TaskSpec } from '../../src/core/tasks/types';

const compact = parseRunConfig(PRESETS.compact);
const arousal: TaskSpec = {
  id: 'arousal',
  kind: 'number',
  column: 'arousal',
  loss: { id: 'ccc', scale: 'raw' },
  slot: 3,
};

describe('a task’s spec', () => {
  it('gets the defaults of its loss, and keeps what it says', () => {
    const { tasks } = parseRunConfig({
      ...compact,
      tasks: [{ ...PAPER_TASKS[0]!, loss: { id: 'focal', gamma: 1 } }, arousal],
    });
    expect(tasks[0]!.loss).toEqual({ id: 'focal', gamma: 1, classWeights: 'none', beta: 0.999 });
    expect(tasks[1]).toEqual(arousal);
  });

  it.each([
    ['a loss of another kind', { ...arousal, loss: { id: 'cross-entropy' } }],
    ['an unknown loss', { ...arousal, loss: { id: 'hinge' } }],
    ['an option out of range', { ...PAPER_TASKS[0]!, loss: { id: 'cross-entropy', labelSmoothing: 2 } }],
    ['another loss’s option', { ...arousal, loss: { id: 'mse', gamma: 2 } }],
    ['a ninth slot', { ...arousal, slot: 8 }],
    ['an id that is no id', { ...arousal, id: 'A task' }],
  ])('is refused with %s', (_, task) => {
    expect(() => parseRunConfig({ ...compact, tasks: [task] })).toThrow('does not fit');
  });

  it('may stand eight times in a run, and not nine times', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ ...arousal, id: `t${i}`, slot: i % 8 }));
    expect(parseRunConfig({ ...compact, tasks: many(8) }).tasks.length).toBe(8);
    expect(() => parseRunConfig({ ...compact, tasks: many(9) })).toThrow('does not fit');
  });

  it('travels in a link whole, and by its id alone where it is a preset', () => {
    const config = parseRunConfig({ ...compact, tasks: [PAPER_TASKS[2]!, arousal] });
    const link = toQuery(config, 'compact');
    expect(fromQuery(link)).toMatchObject({ config, problems: [] });
    expect(toQuery(parseRunConfig({ ...compact, tasks: [PAPER_TASKS[2]!] }), 'compact')).toBe('tasks=gender');
    expect(fromQuery('tasks=[{"id":"x"}]').problems.length).toBe(1);
  });
});

describe('a task of a column', () => {
  it('is the preset where there is one, else has a free id and slot and the kind’s first loss', () => {
    expect(taskOfColumn({ id: 'emotion', kind: 'classes' }, [])).toBe(PAPER_TASKS[0]);
    const age = taskOfColumn({ id: 'Age in years', kind: 'number' }, PAPER_TASKS)!;
    expect(age).toEqual({
      id: 'age_in_years',
      name: 'Age in years',
      kind: 'number',
      column: 'Age in years',
      loss: firstLoss('number'),
      slot: 3,
    });
    expect(taskOfColumn({ id: 'emotion', kind: 'classes' }, PAPER_TASKS)).toMatchObject({
      id: 'emotion_2',
      slot: 3,
    });
  });

  it('can be added until eight slots are taken; every list of them is a valid configuration', () => {
    const tasks: TaskSpec[] = [];
    for (let next = taskOfColumn({ id: '7 лет', kind: 'number' }, tasks); next;) {
      tasks.push(next);
      parseRunConfig({ ...compact, tasks });
      next = taskOfColumn({ id: '7 лет', kind: 'number' }, tasks);
    }
    expect(new Set(tasks.map(({ slot }) => slot)).size).toBe(8);
  });
});

describe('a number’s picture', () => {
  const truth = Float64Array.from({ length: 500 }, (_, i) => (i % 7 === 0 ? Number.NaN : i / 100));
  const predicted = truth.map((_, i) => i / 200);

  it('has some of the labelled utterances, and the calibration of all', () => {
    const { of, points, bins } = numberPicture(truth, predicted);
    expect(of).toBe([...truth].filter((y) => !Number.isNaN(y)).length);
    expect(points.length).toBe(200);
    expect(bins.length).toBe(10);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(of);
    // Predicted is half of the truth, everywhere.
    for (const bin of bins) expect(bin.truth).toBeCloseTo(2 * bin.predicted, 9);
    for (const [y, x] of points) expect(y).toBeCloseTo(2 * x, 9);
  });

  it('is a file of both', () => {
    const lines = numberPictureFile(numberPicture([1, 2], [3, 4]))
      .trimEnd()
      .split('\r\n');
    expect(lines).toEqual([
      'what,true,predicted,count',
      'utterance,1,3,1',
      'utterance,2,4,1',
      'calibration,1.5,3.5,2',
    ]);
  });
});

describe('metrics', () => {
  it('are of a kind, and begin with the loss', () => {
    expect(metricsFor('classes').map(({ id }) => id)).toEqual([
      'loss',
      'uar',
      'accuracy',
      'macroPrecision',
      'macroRecall',
      'macroF1',
    ]);
    expect(metricsFor('number').map(({ id }) => id)).toEqual(['loss', 'ccc', 'pearson', 'mae', 'rmse']);
  });
});

describe('who may name a task', () => {
  /** Presets, corpora with their words, the synthetic corpus, the paper's page, translations. */
  const MAY = [
    /^src\/core\/tasks\/presets\.ts$/,
    /^src\/core\/(corpus|synth|paper)\//,
    /^src\/screens\/paper\//,
    /^src\/app\/i18n\//,
    // Who speaks, as the data screen, the splits and the statistics by speaker know it: groups, not tasks.
    /^src\/core\/splits\//,
    /^src\/screens\/(data|train)\/.*(counts-table|data-screen|split|task-fields|monitor-note)/,
    /^src\/ui\/split/,
    /^src\/core\/compare\/(cluster|across)/,
    /^workers\/stats\.ts$/,
  ];
  const files = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/'));

  it('no other file knows the words', () => {
    const word = new RegExp(`(['"\`.])(${TASKS.join('|')})\\b`);
    const guilty = [...files('src'), ...files('workers')]
      .filter((file) => !MAY.some((pattern) => pattern.test(file)))
      .filter((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .some((line) => !/^\s*(\*|\/\/|\/\*)/.test(line) && word.test(line)),
      );
    expect(guilty).toEqual([]);
  });
});
