/**
 * PyTorch beside us: bench/pytorch_step.py as a process that is asked for one training step at a time.
 * The interpreter is REFERENCE_PYTHON, else the reference environment in .cache; without one there is no comparison.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Side } from '../../src/core/bench/alternate';
import type { StepCase } from '../../src/core/bench/cases';

export interface PyTorch {
  readonly version: string;
  readonly side: Side;
  close(): void;
}

const OWN = '.cache/reference-venv/bin/python';

/** @returns null, having said so, where there is no interpreter with PyTorch */
export async function pyTorch({ model: { architecture, width, inputSize, heads }, batch }: StepCase, threads: number): Promise<PyTorch | null> {
  const python = process.env['REFERENCE_PYTHON'] ?? (existsSync(OWN) ? OWN : null);
  if (!python) {
    console.error(`No Python with PyTorch: set REFERENCE_PYTHON or make ${OWN} (npm run reference). The comparison is left out.`);
    return null;
  }
  const child = spawn(python, ['bench/pytorch_step.py'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ask = async (request: object): Promise<Record<string, unknown>> => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error(`${python} bench/pytorch_step.py ended without an answer.`);
    return JSON.parse(value) as Record<string, unknown>;
  };
  const { torch } = await ask({ op: 'model', architecture, width, inputSize, heads: Object.fromEntries(heads.map(({ task, classes }) => [task, classes])), batch, threads });
  return {
    version: String(torch),
    side: async (count) => {
      let ms = 0;
      for (let i = 0; i < count; i++) ms += Number((await ask({ op: 'step' }))['ms']);
      return ms;
    },
    close: () => { child.stdin.end(); },
  };
}
