/**
 * docs/performance.md as text, made of the recorded lines alone: what had to be reached and was, single
 * kernels, the cost of a step, and what this machine cannot tell. Not here: measuring, the plot
 * (cost-plot.ts), reading and writing files (document-files.ts).
 */
import { caseById, caseFlops, casesFor, NOT_SHIPPED, type KernelCase } from '../../src/core/bench/cases';
import type { Machine, Recorded, Target } from '../../src/core/bench/line';
import { TARGETS } from '../../src/core/bench/targets';
import { costPoints, exponent, type CostPoint } from './cost-plot';

export const PLOT_FILE = 'performance-cost.svg';

const NAMES: Readonly<Record<string, string>> = {
  'step-tiny': 'tiny model (64 × 64, width 1/8), batch 8: time of a step',
  'step-compact': 'compact model (64 × 64, width 1/4), batch 32: time of a step',
  'step-paper': 'paper’s model (224 × 224, width 1), micro-batch 4: time of a step',
  'paper-dispatches': 'paper preset: dispatches per step (counted)',
  'paper-bytes-moved': 'paper preset: bytes moved per step (counted)',
  'paper-peak-bytes': 'paper preset: peak bytes (counted)',
  'first-moving-chart':
    'the page opened with a cold cache, “Try the demo corpus” pressed: until the first chart moves',
  'main-thread-longest-task': 'longest task of the page’s own thread',
};
const VARIED = { batch: 'batch', width: 'width', size: 'input size' } as const;
const KERNELS: Readonly<Record<KernelCase['kernel'], string>> = {
  'conv-forward': 'convolution',
  'conv-input-gradient': 'convolution, input gradient',
  'conv-filter-gradient': 'convolution, filter gradient',
  matmul: 'matrix product',
};

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
/** @param numeric how many of the last columns are numbers */
const table = (head: readonly string[], rows: readonly (readonly string[])[], numeric: number): string[] => [
  row(head),
  `|${head.map((_, i) => (i < head.length - numeric ? '---' : '---:')).join('|')}|`,
  ...rows.map(row),
  '',
];

const number = (value: number | null, digits = 3): string => {
  if (value === null) return '–';
  const rounded = Number(value.toPrecision(digits));
  return rounded.toLocaleString('en', { maximumFractionDigits: 6 });
};
function amount(value: number | null, unit: string): string {
  if (value === null) return '–';
  if (!unit.startsWith('bytes'))
    return `${number(value, value >= 1000 ? 4 : 3)} ${unit.replace(/ a step$/, '')}`;
  return `${number(value / 1e9)} GB`;
}
const wanted = ({ at, value }: Target): string => `${at === 'most' ? '≤' : '≥'} ${value}`;
const nameOf = ({ case: id }: Pick<Recorded, 'case'>): string =>
  NAMES[id] ??
  id
    .replace(/^demo-learning-seed-/, 'compact preset learns the demo corpus, seed ')
    .replace(/^architecture-learning-(.*)-seed-/, 'compact preset with $1 learns the demo corpus, seed ');
const machineText = ({ cpu, cores, runtime, adapter }: Machine): string =>
  [cpu, `${cores} cores`, runtime, adapter && `adapter: ${adapter}`].filter(Boolean).join(', ');

function targets(lines: readonly Recorded[]): string[] {
  const rows = TARGETS.map(({ backend, case: id, target }) => {
    const line = lines.find((other) => other.backend === backend && other.case === id);
    if (!line)
      return [backend, nameOf({ case: id }), '–', '–', '–', '–', wanted(target), 'not measured', '–'];
    const met = line.met === null ? (line.note ?? 'not compared') : line.met ? 'yes' : '**no**';
    return [
      backend,
      nameOf(line),
      amount(line.ours, line.unit),
      `${amount(line.theirs, line.unit)} (${line.against})`,
      line.of,
      number(line.ratio),
      line.target ? wanted(line.target) : '–',
      met,
      String(line.threads),
    ];
  });
  const noted = TARGETS.flatMap(({ backend, case: id }) =>
    lines.filter((line) => line.backend === backend && line.case === id && line.ratio !== null && line.note),
  );
  const notes = [...new Set(noted.map(({ note }) => note))].map(
    (note) =>
      `- ${noted
        .filter((line) => line.note === note)
        .map((line) => `${line.backend}, ${nameOf(line)}`)
        .join('; ')}. Note: ${note}.`,
  );
  return [
    ...table(
      ['backend', 'case', 'ours', 'theirs', 'ratio of', 'ratio', 'must reach', 'met', 'threads'],
      rows,
      0,
    ),
    ...(notes.length > 0 ? [...notes, ''] : []),
  ];
}

function shapeOf(one: KernelCase): string {
  return one.kernel === 'matmul'
    ? `${one.rows} × ${one.inner} · ${one.inner} × ${one.columns}`
    : `${one.batch} × ${one.size} × ${one.size}, ${one.inChannels} → ${one.outChannels}`;
}

/** One backend's kernels, in the order of its cases. */
function kernels(lines: readonly Recorded[], backend: string): string[] {
  const found = lines.filter((line) => line.backend === backend && caseById(line.case)?.kind === 'kernel');
  if (found.length === 0) return ['Not measured.', ''];
  const yardstick = found.some((line) => line['shareOfPeak'] !== undefined);
  const rows = found.map((line) => {
    const one = caseById(line.case) as KernelCase;
    return [
      KERNELS[one.kernel],
      shapeOf(one),
      number(caseFlops(one) / 1e9),
      number(line.ours),
      line.theirs === null && line.note === NOT_SHIPPED ? 'not shipped' : number(line.theirs),
      line.ratio === null ? '–' : `${number(line.ratio)} ×`,
      ...(yardstick
        ? [line['shareOfPeak'] === undefined ? '–' : `${number(100 * Number(line['shareOfPeak']))} %`]
        : []),
    ];
  });
  return table(
    [
      'kernel',
      'shape',
      'GFLOP',
      'ours, GFLOP/s',
      'as shipped, GFLOP/s',
      'ratio',
      ...(yardstick ? ['of the peak'] : []),
    ],
    rows,
    yardstick ? 5 : 4,
  );
}

function cost(points: readonly CostPoint[]): string[] {
  if (points.length === 0) return ['Not measured.', ''];
  const series = (['batch', 'width', 'size'] as const)
    .map((varied) => ({ varied, own: points.filter(({ one }) => one.varied === varied) }))
    .filter(({ own }) => own.length > 1);
  const rows = points.map(({ one: { batch, model, varied }, gflop, ms }) => [
    VARIED[varied],
    String(batch),
    model.width === 1 ? '1' : `1/${1 / model.width}`,
    `${model.inputSize} × ${model.inputSize}`,
    number(gflop),
    number(ms),
    number((gflop / ms) * 1000),
  ]);
  const growth = series
    .map(({ varied, own }) => `${VARIED[varied]}: work^${exponent(own).toFixed(2)}`)
    .join(', ');
  return [
    `The compact model with one thing changed; one thread. How the time grows (least squares of the logarithms; an exponent of 1 is proportional): ${growth}; all together: work^${exponent(points).toFixed(2)}.`,
    '',
    `![Time of a step over its work, beside proportionality](${PLOT_FILE})`,
    '',
    ...table(['changed', 'batch', 'width', 'input', 'GFLOP', 'ms', 'GFLOP/s'], rows, 3),
  ];
}

/** Everything else that was timed: the page, and learning. */
function others(lines: readonly Recorded[]): string[] {
  const rest = lines.filter(
    ({ case: id, backend }) =>
      !TARGETS.some((one) => one.case === id && one.backend === backend) &&
      !caseById(id) &&
      !id.startsWith('cost-') &&
      id !== 'wasm-simd-peak',
  );
  if (rest.length === 0) return [];
  return [
    '## The page and learning',
    '',
    ...table(
      ['case', 'measured', 'note'],
      rest.map((line) => [nameOf(line), amount(line.ours, line.unit), line.note ?? '']),
      0,
    ),
  ];
}

function limitsOf(lines: readonly Recorded[]): string[] {
  const timed = lines.filter((line) => line.backend === 'webgpu' && line.machine.adapter);
  const software = timed.filter((line) => line['software'] === true);
  if (timed.length > 0 && software.length === 0) return [];
  const adapter = software[0]?.machine.adapter;
  return [
    '## What cannot be claimed from here',
    '',
    adapter
      ? `There was no GPU: the adapter (${adapter}) computes on the processor's cores.`
      : 'There was no graphics adapter at all.',
    'So nothing is said about the speed of a GPU: neither how long a step takes there, nor how many times faster than TensorFlow.js it is, nor which kernel variant wins.',
    'What carries over is what was counted (dispatches, bytes moved, peak bytes: a GPU is asked for the same) and that the numbers are right (tests on the software adapter).',
    'The counts are of requests to the device: what caches make of the bytes is not in them.',
    'Whoever has a GPU can extend the table: `#/bench` in the workbench, or `ADAPTER=hardware npm run bench -- webgpu`.',
    '',
  ];
}

/** The whole document. */
export function documentOf(lines: readonly Recorded[]): string {
  const machines = [...new Set(lines.map(({ machine }) => machineText(machine)))];
  const peak = lines.find(({ case: id }) => id === 'wasm-simd-peak')?.ours ?? null;
  const shapes = new Set(casesFor('full', 'wasm', false).map(({ id }) => id));
  const wasm = lines.filter(({ case: id }) => shapes.has(id));
  return [
    '# Performance: how fast, measured',
    '',
    'Written by `npm run bench -- --write` from [performance.json](performance.json); not edited by hand. Times drift between machines and days; ratios were measured with both sides in turns.',
    '',
    ...machines.map((machine) => `- ${machine}`),
    '',
    '## What must be reached',
    '',
    ...targets(lines),
    '## Single kernels on wasm, at the shapes of VGG-11',
    '',
    `3 × 3 convolutions: batch × height × width, channels in → out. Shipped: TensorFlow.js' own wasm kernels.${peak === null ? '' : ` Peak of one core in WebAssembly SIMD (multiply and add in registers, measured before and after every kernel because the clock changes): ${number(peak)} GFLOP/s at most.`}`,
    '',
    ...kernels(wasm, 'wasm'),
    '## Single kernels on webgpu',
    '',
    'Beside the shipped WGSL. On an adapter in software only small shapes are measured.',
    '',
    ...kernels(lines, 'webgpu'),
    '## What a step costs by batch, width and input size',
    '',
    ...cost(costPoints(lines)),
    ...others(lines),
    '## How it is measured',
    '',
    'Both sides do the same work in turns within one run, with the same number of threads; a first turn prepares and is not counted; the number is the median of the others.',
    'A step is forward pass, losses, backward pass and Adam. GFLOP count the multiplications and additions of convolutions and fully connected layers.',
    'PyTorch runs in a process of its own with `torch.set_num_threads`. TensorFlow.js as shipped runs unmodified in a thread or page of its own, with its own layers, tape and Adam; its training step',
    'is measured in the browser, because its build for Node is slower. Tests assert what is counted and that results are right; times are not tested.',
    '',
    ...limitsOf(lines),
  ].join('\n');
}
