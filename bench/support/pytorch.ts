/**
 * PyTorch beside us: bench/pytorch_step.py as a process that is asked for one training step at a time.
 * The interpreter is REFERENCE_PYTHON, else the reference environment in .cache; without PyTorch in it there
 * is no comparison.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Side } from '../../src/core/bench/alternate';
import type { StepCase } from '../../src/core/bench/cases';

export interface PyTorch {
  readonly version: string;
  readonly side: Side;
  close(): void;
}

/** Why there is nothing to compare with, for a line's note. */
export interface NoPyTorch {
  readonly missing: string;
}

const OWN =
  process.platform === 'win32'
    ? '.cache/reference-venv/Scripts/python.exe'
    : '.cache/reference-venv/bin/python';

/** The interpreter, or what is wrong with it. */
function interpreter(): { readonly python: string } | NoPyTorch {
  const given = process.env['REFERENCE_PYTHON'];
  const python = given ?? (existsSync(OWN) ? OWN : null);
  if (!python)
    return { missing: 'no Python with PyTorch: set REFERENCE_PYTHON, or npm run reference makes one' };
  const { status } = spawnSync(python, ['-c', 'import torch'], { stdio: 'ignore', timeout: 120_000 });
  return status === 0 ? { python } : { missing: `${given ? 'REFERENCE_PYTHON' : OWN} has no PyTorch` };
}

/**
 * @param threads of PyTorch's operators @throws where it computes with another number of threads or another
 * model
 */
export async function pyTorch(
  { model: { architecture, width, inputSize, heads }, batch }: StepCase,
  threads: number,
): Promise<PyTorch | NoPyTorch> {
  const found = interpreter();
  if ('missing' in found) return found;
  const one = String(threads);
  const child = spawn(found.python, ['bench/pytorch_step.py'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: one, MKL_NUM_THREADS: one },
  });
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ask = async (request: object): Promise<Record<string, unknown>> => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error(`${found.python} bench/pytorch_step.py ended without an answer.`);
    return JSON.parse(value) as Record<string, unknown>;
  };
  const answer = await ask({
    op: 'model',
    architecture,
    width,
    inputSize,
    heads: Object.fromEntries(heads.map(({ task, classes }) => [task, classes])),
    batch,
    threads,
  });
  if (answer['threads'] !== threads)
    throw new Error(`PyTorch computes with ${String(answer['threads'])} threads instead of ${threads}.`);
  return {
    version: String(answer['torch']),
    side: async (count) => {
      let ms = 0;
      for (let i = 0; i < count; i++) ms += Number((await ask({ op: 'step' }))['ms']);
      return ms;
    },
    close: () => {
      child.stdin.end();
    },
  };
}
