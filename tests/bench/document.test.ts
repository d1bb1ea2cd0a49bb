/**
 * The documents of the benchmark: what the writer says of lines, and that the committed files are what it
 * makes of the committed lines.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { costPlot, costPoints, exponent } from '../../bench/support/cost-plot';
import { documentOf, PLOT_FILE } from '../../bench/support/document';
import { pyTorch } from '../../bench/support/pytorch';
import { jsonOf, linesIn, merged } from '../../bench/support/report';
import { caseById, caseFlops, casesFor, COSTS, NOT_SHIPPED, STEPS } from '../../src/core/bench/cases';
import { recorded, type Line, type Machine, type Recorded } from '../../src/core/bench/line';
import { TARGETS, targetOf } from '../../src/core/bench/targets';

const machine: Machine = { cpu: 'a processor', cores: 4, runtime: 'Node 99' };
const card = { ...machine, runtime: 'Chromium 156', adapter: 'a card' };
const make = (part: Partial<Line>, on: Machine = machine): Recorded =>
  recorded(
    {
      case: 'c',
      backend: 'wasm',
      ours: 1,
      theirs: null,
      against: 'nothing',
      unit: 'ms',
      of: 'ours/theirs',
      threads: 1,
      ...part,
    },
    on,
  );
const step = (ours: number, theirs: number | null, note?: string): Recorded =>
  make({
    case: 'step-compact',
    ours,
    theirs,
    against: 'PyTorch 2 CPU',
    ...targetOf('wasm', 'step-compact'),
    ...(note ? { note } : {}),
  });
const rowsOf = (text: string, start: string): string[] =>
  text.split('\n').filter((row) => row.startsWith(start));

describe('the document', () => {
  it('says of every target what was measured and whether it was reached', () => {
    expect(rowsOf(documentOf([step(300, 100)]), '| wasm | compact')).toEqual([
      '| wasm | compact model (64 × 64, width 1/4), batch 32: time of a step | 300 ms | 100 ms (PyTorch 2 CPU) | ours/theirs | 3 | ≤ 3 | yes | 1 |',
    ]);
    expect(rowsOf(documentOf([step(301, 100)]), '| wasm | compact')[0]).toContain('| 3.01 | ≤ 3 | **no** |');
    // Nothing to compare with is neither a success nor a failure, and the reason is said.
    expect(rowsOf(documentOf([step(300, null, 'no Python')]), '| wasm | compact')[0]).toContain(
      '| – (PyTorch 2 CPU) | ours/theirs | – | ≤ 3 | no Python |',
    );
    const empty = documentOf([]);
    expect(
      rowsOf(empty, '| wasm')
        .concat(rowsOf(empty, '| webgpu'))
        .map((row) => row.split(' | ').at(-2)),
    ).toEqual(TARGETS.map(() => 'not measured'));
  });

  it('says once what several targets have as their note', () => {
    const counted = TARGETS.filter(({ case: id }) => id.startsWith('paper-')).map(
      ({ backend, case: id, target }) =>
        make({ backend, case: id, ours: 1, theirs: 9, of: 'theirs/ours', target, note: 'counted so' }),
    );
    expect(rowsOf(documentOf(counted), '- webgpu')).toEqual([
      '- webgpu, paper preset: dispatches per step (counted); webgpu, paper preset: bytes moved per step (counted); webgpu, paper preset: peak bytes (counted). Note: counted so.',
    ]);
  });

  it('shows kernels beside the shipped ones and the peak', () => {
    const kernel = { unit: 'GFLOP/s', against: 'tfjs wasm as shipped', shareOfPeak: 0.876 };
    const text = documentOf([
      make({ ...kernel, case: 'conv-forward-4x56x56x128-256', ours: 35.04, theirs: 30 }),
      make({ ...kernel, case: 'conv-filter-gradient-4x56x56x128-256', ours: 35.04, note: NOT_SHIPPED }),
      make({ case: 'wasm-simd-peak', unit: 'GFLOP/s', ours: 40 }),
    ]);
    expect(rowsOf(text, '| convolution')).toEqual([
      '| convolution | 4 × 56 × 56, 128 → 256 | 7.4 | 35 | 30 | 1.17 × | 87.6 % |',
      '| convolution, filter gradient | 4 × 56 × 56, 128 → 256 | 7.4 | 35 | not shipped | – | 87.6 % |',
    ]);
    expect(text).toContain('40 GFLOP/s at most');
  });

  it('says what cannot be claimed exactly where no adapter in hardware was measured', () => {
    const title = 'What cannot be claimed from here';
    const timed = (software: boolean) =>
      make({ backend: 'webgpu', case: 'step-tiny', ...(software ? { software } : {}) }, card);
    expect(documentOf([step(1, 1)])).toContain('There was no graphics adapter at all.');
    expect(documentOf([timed(true)])).toContain('the adapter (a card) computes on the processor');
    expect(documentOf([timed(false)])).not.toContain(title);
  });

  it('names every machine once, and keeps a bar in a name from breaking a table', () => {
    const text = documentOf([
      step(1, 1),
      make({ case: 'first-moving-chart', unit: 's', note: 'a|b' }, card),
      step(2, 1),
    ]);
    expect(rowsOf(text, '- ')).toEqual([
      '- a processor, 4 cores, Node 99',
      '- a processor, 4 cores, Chromium 156, adapter: a card',
    ]);
    expect(text).toContain(String.raw`| 1 s | a\|b |`);
  });
});

describe('the cost of a step', () => {
  it('grows with the exponent that the times have', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 3, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (power, scale) => {
          const points = [1, 3, 7, 40, 900].map((gflop) => ({ gflop, ms: scale * gflop ** power }));
          expect(exponent(points)).toBeCloseTo(power, 8);
        },
      ),
    );
  });

  it('is drawn to scale: equal ratios are equal distances, the straight line goes through the compact model', () => {
    const lines = COSTS.map((one) =>
      make({ case: one.id, ours: caseFlops(one) / 1e7, gflop: caseFlops(one) / 1e9 }),
    );
    const points = costPoints(lines);
    expect(points.map(({ one }) => one.id)).toEqual(COSTS.map(({ id }) => id));
    const svg = costPlot(points);
    const marks = [...svg.matchAll(/<circle class="batch" cx="([\d.]+)" cy="([\d.]+)"/g)]
      .slice(0, 5)
      .map(([, x, y]) => [Number(x), Number(y)] as const);
    // Batches double, so do the times.
    for (let i = 2; i < marks.length; i++)
      for (const axis of [0, 1] as const)
        expect(marks[i]![axis] - marks[i - 1]![axis]).toBeCloseTo(marks[1]![axis] - marks[0]![axis], 0);
    const [, x1, y1, x2, y2] = /<line class="even" x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)"/
      .exec(svg)!
      .map(Number);
    // Everything is proportional here: every mark lies on the line.
    for (const [x, y] of marks) expect(y1! + ((x - x1!) / (x2! - x1!)) * (y2! - y1!)).toBeCloseTo(y, 0);
    expect(svg).toContain('prefers-color-scheme:dark');
    expect(costPlot([])).toBe('');
  });

  it('is measured with the compact model, one thing changed at a time', () => {
    for (const { varied, batch, model } of COSTS) {
      const changed = [
        batch !== STEPS.compact.batch && 'batch',
        model.width !== STEPS.compact.model.width && 'width',
        model.inputSize !== STEPS.compact.model.inputSize && 'size',
      ].filter(Boolean);
      expect([[], [varied]]).toContainEqual(changed);
    }
  });
});

describe('PyTorch', () => {
  it('is left out, with a reason, where the interpreter has none', async () => {
    // Node is no Python, on whatever machine.
    vi.stubEnv('REFERENCE_PYTHON', process.execPath);
    await expect(pyTorch(STEPS.tiny, 1)).resolves.toEqual({ missing: 'REFERENCE_PYTHON has no PyTorch' });
    vi.unstubAllEnvs();
  });
});

describe('the record', () => {
  it('replaces a case where it stands and appends a new one', () => {
    const [a, b, c] = [make({ case: 'a' }), make({ case: 'b' }), make({ case: 'c' })];
    const again = make({ case: 'a', ours: 7 });
    expect(merged([a, b], again)).toEqual([again, b]);
    expect(merged([a, b], c)).toEqual([a, b, c]);
    expect(merged([a], make({ case: 'a', backend: 'cpu' }))).toHaveLength(2);
    expect(JSON.parse(jsonOf([a, b]))).toEqual([a, b]);
  });
});

describe('what is committed', () => {
  const lines = linesIn('docs/performance.json');

  it('has every case, each with both sides, the ratio and the machine', () => {
    const ids = (backend: string) =>
      lines.filter((line) => line.backend === backend).map((line) => line.case);
    for (const { backend, case: id } of TARGETS) expect(ids(backend)).toContain(id);
    expect(ids('wasm')).toEqual(
      expect.arrayContaining([...casesFor('full', 'wasm', false), ...COSTS].map(({ id }) => id)),
    );
    expect(ids('wasm')).toContain('wasm-simd-peak');
    const software = lines.some((line) => line['software'] === true);
    expect(ids('webgpu')).toEqual(
      expect.arrayContaining(casesFor('full', 'webgpu', software).map(({ id }) => id)),
    );
    expect(new Set(lines.map((line) => `${line.backend} ${line.case}`)).size).toBe(lines.length);
    for (const line of lines) {
      expect(line).toMatchObject({
        case: expect.any(String),
        backend: expect.any(String),
        unit: expect.any(String),
        threads: expect.any(Number),
        machine: { cpu: expect.any(String), cores: expect.any(Number), runtime: expect.any(String) },
      });
      // Recorded from rounded numbers, the ratio is that of the same two.
      const { ratio, met } = recorded(line, line.machine);
      if (line.ratio === null) expect([line.ours, line.theirs]).toContain(null);
      else expect(line.ratio / ratio!).toBeCloseTo(1, 2);
      if (line.target)
        expect([
          met,
          line.ratio === null
            ? null
            : line.target.at === 'most'
              ? line.ratio <= line.target.value
              : line.ratio >= line.target.value,
        ]).toEqual([line.met, line.met]);
    }
  });

  it('compares what can be compared: training steps with PyTorch, kernels with the shipped ones', () => {
    for (const { backend, case: id, target, softwareOnly } of TARGETS) {
      const line = lines.find((other) => other.backend === backend && other.case === id)!;
      expect(line.target).toEqual(softwareOnly && line['software'] !== true ? undefined : target);
      expect(line.theirs).toBeGreaterThan(0);
    }
    for (const line of lines)
      if (caseById(line.case)?.kind === 'kernel')
        expect([line.theirs === null, line.note === NOT_SHIPPED]).toEqual(
          Array(2).fill(line.backend === 'wasm' && line.case.startsWith('conv-filter-gradient')),
        );
  });

  it('is what the writer makes of the lines', () => {
    expect(readFileSync('docs/performance.md', 'utf8')).toBe(documentOf(lines));
    expect(readFileSync(`docs/${PLOT_FILE}`, 'utf8')).toBe(costPlot(costPoints(lines)));
    expect(readFileSync('docs/performance.json', 'utf8')).toBe(jsonOf(lines));
  });
});
