/** A setting by its dotted name: read, compared, put back. */
import { expect, it } from 'vitest';
import { flatConfig } from '../../src/core/compare/differences';
import { parseRunConfig } from '../../src/core/config/parse';
import { differsAt, valueAt, withValueOf } from '../../src/core/config/path';
import { PRESETS } from '../../src/core/config/presets';

const compact = parseRunConfig(PRESETS.compact);
const paper = parseRunConfig(PRESETS.paper);

it('reads what is there, and nothing else', () => {
  expect(valueAt(compact, 'optimizer.learningRate')).toBe(1e-3);
  expect(valueAt(compact, 'split.session')).toBeUndefined();
  expect(valueAt(compact, 'seed.toString')).toBeUndefined();
  expect(valueAt(compact, 'constructor.name')).toBeUndefined();
});

it('every setting of one preset, put into the other, makes it that preset', () => {
  const names = new Set([...flatConfig(compact).keys(), ...flatConfig(paper).keys()]);
  const differing = [...names].filter((name) => differsAt(compact, paper, name));
  expect(differing).toEqual(expect.arrayContaining(['width', 'optimizer.learningRate', 'monitor']));
  expect(differing).not.toContain('seed');
  const made = differing.reduce((config, name) => withValueOf(config, paper, name), compact);
  expect(parseRunConfig(made)).toEqual(paper);
});

it('changes nothing beside it', () => {
  const back = withValueOf({ ...compact, epochs: 3, seed: 9 }, compact, 'epochs');
  expect(back).toEqual({ ...compact, seed: 9 });
});
