/**
 * Golden fixtures (tests/fixtures, written by reference/regenerate.py), in Node and in the browser alike:
 * a JSON index and the arrays that it names. Not here: what they mean.
 */
import { readNpz, type NpyArray } from './npz';

export interface Fixture<Index> {
  readonly index: Index;
  /** @throws where the fixture has no such array */
  readonly array: (key: string) => NpyArray;
  readonly f32: (key: string) => Float32Array;
  readonly f64: (key: string) => Float64Array;
  readonly u8: (key: string) => Uint8Array;
}

/** @param file path below tests/fixtures */
export async function fixtureBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  // Playwright's specs run in Node without Vite, and have no `env`.
  if ((import.meta.env as ImportMetaEnv | undefined)?.SSR === false) {
    const response = await fetch(new URL(`/tests/fixtures/${file}`, location.origin));
    if (!response.ok) throw new Error(`${file}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }
  const { readFile } = await import('node:fs/promises');
  return new Uint8Array(await readFile(new URL(`../fixtures/${file}`, import.meta.url)));
}

/** @param name as in reference/fixtures: `<name>.json` and `<name>.npz` */
export async function fixture<Index>(name: string): Promise<Fixture<Index>> {
  const [text, archive] = await Promise.all([fixtureBytes(`${name}.json`), fixtureBytes(`${name}.npz`)]);
  const arrays = readNpz(archive);
  const array = (key: string): NpyArray => {
    const found = arrays.get(key);
    if (!found) throw new Error(`The fixture ${name} has no array ${key}.`);
    return found;
  };
  const typed = <T>(key: string, type: new (...args: never[]) => T): T => {
    const { data } = array(key);
    if (!(data instanceof type)) throw new Error(`${name}/${key} holds ${data.constructor.name}.`);
    return data;
  };
  return {
    index: JSON.parse(new TextDecoder().decode(text)) as Index,
    array,
    f32: (key) => typed(key, Float32Array),
    f64: (key) => typed(key, Float64Array),
    u8: (key) => typed(key, Uint8Array),
  };
}
