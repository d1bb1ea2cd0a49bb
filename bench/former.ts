/**
 * Speed and peak memory beside an earlier state of the engine: `FORMER=/path/to/its/checkout npm run bench -- former`
 * (`git worktree add /tmp/former COMMIT`, with its own node_modules). Both engines are built, run in two processes a
 * case and take turns, each first every other time; what counts is the median of the turns' ratios, because a
 * machine's clock changes. One thread. `ONLY=compact` runs cases whose name has that in it, `BACKENDS=wasm,cpu`,
 * `TURNS` and `SECONDS` (of a turn) measure more or less. JSON lines; ratios are ours/former, below 1 is better.
 * Where something else runs on the machine, `cpuRatio` (of the processor's time) says more than `ratio`.
 */
import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { casesFor, STEPS, type BenchCase } from '../src/core/bench/cases';
import type { StrategyChoice } from '../src/core/training/segments';
import { machine } from './support/report';

const TURNS = Number(process.env['TURNS'] ?? 15);
const SECONDS = Number(process.env['SECONDS'] ?? 1);
const BACKENDS = (process.env['BACKENDS'] ?? 'wasm,cpu').split(',');

interface Job {
  readonly name: string;
  readonly prepare: BenchCase;
  readonly strategy?: StrategyChoice;
}

const jobsOf = (backend: string): readonly Job[] => {
  const steps = backend === 'cpu' ? [STEPS.tiny] : Object.values(STEPS);
  const kernels =
    backend === 'cpu' ? [] : casesFor('quick', 'wasm', false).filter(({ kind }) => kind === 'kernel');
  return [
    ...steps.map((prepare) => ({ name: prepare.id, prepare })),
    // A backward pass of everything shared for each task.
    { name: 'step-tiny-mgda', prepare: STEPS.tiny, strategy: { id: 'mgda', options: { gradients: 'full' } } },
    ...kernels.map((prepare) => ({ name: prepare.id, prepare })),
  ];
};

/** Builds the engine of a checkout. @returns the path of the module */
async function built(root: string): Promise<string> {
  const entry = 'former-side';
  const backend = ['platform/backend', 'backend'].find((path) =>
    existsSync(join(root, `src/engine/${path}.ts`)),
  );
  if (!backend) throw new Error(`${root} has no engine.`);
  const from = (path: string): string => JSON.stringify(join(root, 'src/engine', `${path}.ts`));
  const outDir = join(root, '.cache/bench/former');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      rolldownOptions: { input: entry, output: { entryFileNames: 'side.mjs' } },
    },
    plugins: [
      {
        name: entry,
        resolveId: (id) => (id === entry ? `\0${entry}` : null),
        load: (id) =>
          id === `\0${entry}`
            ? `export { prepareOurs, prepareStep } from ${from('bench/ours')};
               export { timeOf } from ${from('bench/side')};
               export { chooseBackend } from ${from(backend)};
               import * as tf from ${from('tf')};
               export { tf };`
            : null,
      },
    ],
  });
  return join(outDir, 'side.mjs');
}

interface Answer {
  readonly ms: number;
  /** Of the processor, whatever else runs on the machine. */
  readonly cpuMs: number;
  readonly resident: number;
  readonly heap: number | null;
}

class Side {
  readonly started: Promise<unknown>;
  private readonly child: ChildProcess;

  constructor(bundle: string, root: string, backend: string) {
    this.child = fork(join(process.cwd(), 'bench/support/former-side.mjs'), [bundle, backend], { cwd: root });
    this.started = this.next();
  }

  ask(request: object): Promise<Answer> {
    const answer = this.next();
    this.child.send(request);
    return answer;
  }

  private next(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`A side ended (${code}).`));
      this.child.once('exit', ended);
      this.child.once('message', (message) => {
        this.child.off('exit', ended);
        if (message && typeof message === 'object' && 'error' in message)
          reject(new Error(String(message.error)));
        else resolve(message as Answer);
      });
    });
  }

  end(): void {
    this.child.removeAllListeners();
    this.child.kill();
  }
}

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
const quantile = (values: readonly number[], share: number): number =>
  sorted(values)[Math.round(share * (values.length - 1))]!;
const short = (value: number): number => Number(value.toPrecision(4));
const commitOf = (root: string): string =>
  execFileSync('git', ['-C', root, 'describe', '--always', '--dirty'], { encoding: 'utf8' }).trim();

/** Both sides of one case in turns. */
async function measure(job: Job, backend: string, bundles: readonly string[], roots: readonly string[]) {
  const sides = bundles.map((bundle, i) => new Side(bundle, roots[i]!, backend));
  try {
    for (const side of sides) await side.started;
    const { prepare, strategy } = job;
    for (const side of sides) await side.ask({ prepare, strategy });
    // Engines compile twice, and the first step allocates.
    for (const side of sides) await side.ask({ count: 2 });
    const one = await sides[0]!.ask({ count: 1 });
    const count = Math.max(1, Math.round((SECONDS * 1000) / one.ms));
    const turns: [Answer[], Answer[]] = [[], []];
    for (let turn = 0; turn < TURNS; turn++)
      for (const i of turn % 2 === 0 ? [0, 1] : [1, 0]) turns[i]!.push(await sides[i]!.ask({ count }));
    const ratios = (of: 'ms' | 'cpuMs'): number[] =>
      turns[0].map((ours, turn) => ours[of] / turns[1][turn]![of]);
    const spread = (values: readonly number[]): number[] =>
      [0.25, 0.75].map((share) => short(quantile(values, share)));
    const time = (side: readonly Answer[]): number =>
      short(
        quantile(
          side.map(({ ms }) => ms / count),
          0.5,
        ),
      );
    const [ours, former] = turns.map((side) => side.at(-1)!) as [Answer, Answer];
    return {
      unit: 'ms',
      ours: time(turns[0]),
      former: time(turns[1]),
      ratio: short(quantile(ratios('ms'), 0.5)),
      quartiles: spread(ratios('ms')),
      cpuRatio: short(quantile(ratios('cpuMs'), 0.5)),
      cpuQuartiles: spread(ratios('cpuMs')),
      turns: TURNS,
      runsATurn: count,
      memory: {
        unit: 'bytes',
        resident: {
          ours: ours.resident,
          former: former.resident,
          ratio: short(ours.resident / former.resident),
        },
        ...(ours.heap && former.heap
          ? { heap: { ours: ours.heap, former: former.heap, ratio: short(ours.heap / former.heap) } }
          : {}),
      },
    };
  } finally {
    for (const side of sides) side.end();
  }
}

const former = process.env['FORMER'];
if (former) {
  const roots = [process.cwd(), former];
  const bundles = [await built(roots[0]!), await built(former)];
  const [ours, theirs] = roots.map(commitOf);
  for (const backend of BACKENDS)
    for (const job of jobsOf(backend)) {
      if (!job.name.includes(process.env['ONLY'] ?? '')) continue;
      const measured = await measure(job, backend, bundles, roots);
      console.log(
        JSON.stringify({
          case: job.name,
          backend,
          ...measured,
          commits: { ours, former: theirs },
          ...machine(),
        }),
      );
    }
} else console.error('former: FORMER names no checkout, so nothing is compared.');
