/**
 * What a worker can tell of the machine it runs on: little, because browsers hide it; the user may name it.
 */
import type { Machine } from '../../src/core/bench/line';

interface Processor {
  readonly architecture?: string;
  readonly bitness?: string;
}

/** User-agent client hints, which only Chromium has. */
interface Hints {
  readonly brands?: readonly { readonly brand: string; readonly version: string }[];
  readonly platform?: string;
  getHighEntropyValues?(hints: readonly string[]): Promise<Processor>;
}

const NAMES = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Version'];
const CALLED: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', Version: 'Safari' };

/** `Chrome 156`, from the user agent's text. */
function browserName(agent: string): string {
  for (const name of NAMES) {
    const version = new RegExp(`${name}/(\\d+)`).exec(agent)?.[1];
    if (version) return `${CALLED[name] ?? name} ${version}`;
  }
  return 'browser';
}

/**
 * @param name what the user calls it; empty: platform and architecture as far as the browser tells @param
 * adapter of webgpu
 */
export async function describeMachine(name: string, adapter: string | null): Promise<Machine> {
  const hints = (navigator as { readonly userAgentData?: Hints }).userAgentData;
  const { architecture, bitness } =
    (await hints?.getHighEntropyValues?.(['architecture', 'bitness']).catch((): Processor => ({}))) ?? {};
  const brand = hints?.brands?.find(({ brand: text }) =>
    /^(Google Chrome|Chromium|Microsoft Edge|Opera)$/.test(text),
  );
  const platform = [hints?.platform, architecture, bitness && `${bitness} bit`].filter(Boolean).join(', ');
  return {
    cpu: name.trim() || platform || 'unknown',
    cores: navigator.hardwareConcurrency,
    runtime: brand ? `${brand.brand} ${brand.version}` : browserName(navigator.userAgent),
    ...(adapter ? { adapter } : {}),
  };
}
