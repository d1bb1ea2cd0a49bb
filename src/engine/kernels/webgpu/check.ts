/**
 * The check of our WGSL at start: every kernel computes a small fixed problem, compared with the host in
 * double precision. A variant that is wrong here is never used; a kernel without a right one gives way to the
 * stock ops, and all others stay.
 */
import type { Gpu } from './gpu';
import { switchKernel } from './registry';
import { checkCases } from './trials/all';
import { promising, type Case } from './trials/trial';
import { Verification } from './trials/verify';

export interface KernelCheck {
  /** Kernels that are switched off. */
  readonly replaced: readonly string[];
  /** Variants in whose place another one of ours is used. */
  readonly avoided: readonly { readonly kernel: string; readonly variant: string }[];
}

export async function checkWebGpuKernels(
  gpu: Gpu,
  cases: readonly Case[] = checkCases(),
): Promise<KernelCheck> {
  const replaced: string[] = [];
  const avoided: { kernel: string; variant: string }[] = [];
  for (const one of cases) {
    const verification = new Verification(gpu, one);
    try {
      const wrong: string[] = [];
      const right = await firstRight(verification, promising(one, gpu.traits), wrong);
      if (!right) {
        switchKernel(one.kernel, false);
        replaced.push(one.kernel);
      } else
        for (const variant of wrong) {
          one.avoid(variant);
          avoided.push({ kernel: one.kernel, variant });
        }
    } finally {
      verification.dispose();
    }
  }
  return { replaced, avoided };
}

/**
 * Whether one of the variants is right; those tried before it are `wrong`. The others are compared when they
 * are to be used.
 */
async function firstRight(
  verification: Verification,
  variants: readonly string[],
  wrong: string[],
): Promise<boolean> {
  for (const variant of variants) {
    if ((await verification.verdicts([variant])).get(variant)?.right) return true;
    wrong.push(variant);
  }
  return false;
}
