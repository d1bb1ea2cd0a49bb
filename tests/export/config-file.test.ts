/**
 * Configuration files and pasted links: what goes out comes back the same; everything else is refused with a
 * reason.
 */
import { describe, expect, it } from 'vitest';
import {
  completeQuery,
  configFileText,
  CONFIG_FILE_LIMIT,
  nearestPreset,
  readConfigFile,
  readShareLink,
} from '../../src/core/export/config-file';
import { toQuery } from '../../src/core/config/link';
import { PRESETS } from '../../src/core/config/presets';
import { parseRunConfig } from '../../src/core/config/parse';
import { STRATEGIES } from '../../src/core/weighting/registry';

const paper = parseRunConfig(PRESETS.paper);
const compact = parseRunConfig(PRESETS.compact);
const refusal = (code: string): unknown => expect.objectContaining({ name: 'ConfigError', code });

describe('configuration file', () => {
  it('gives every strategy’s configuration back', () => {
    for (const { id } of STRATEGIES) {
      const config = parseRunConfig({
        ...compact,
        seed: 77,
        optimizer: { ...compact.optimizer, beta1: 0.8 },
        strategy: { id, options: {} },
      });
      expect(readConfigFile(configFileText(config, '1.0'))).toEqual(config);
      expect(readConfigFile(JSON.stringify(config))).toEqual(config);
    }
  });
  it('is refused for what is wrong with it', () => {
    expect(() => readConfigFile('{')).toThrow(refusal('not-json'));
    expect(() => readConfigFile('[1]')).toThrow(refusal('not-a-config'));
    expect(() => readConfigFile('{"format":"other","config":{}}')).toThrow(refusal('not-a-config'));
    expect(() =>
      readConfigFile(JSON.stringify({ format: 'equipoise-config', version: 2, config: paper })),
    ).toThrow(refusal('newer-file'));
    expect(() =>
      readConfigFile(
        JSON.stringify({ format: 'equipoise-config', version: 1, config: { ...paper, epochs: -1 } }),
      ),
    ).toThrow(refusal('bad-config'));
    expect(() =>
      readConfigFile(
        JSON.stringify({ format: 'equipoise-config', version: 1, config: { ...paper, more: 1 } }),
      ),
    ).toThrow(refusal('bad-config'));
    expect(() => readConfigFile(' '.repeat(CONFIG_FILE_LIMIT + 1))).toThrow(refusal('file-too-large'));
  });
});

describe('share link', () => {
  it('is read whole or from its hash or question mark on; the page’s own keys are left to the page', () => {
    const query = toQuery(parseRunConfig({ ...compact, seed: 9, epochs: 5 }), 'compact');
    for (const link of [
      `https://example.org/x/#/train?${query}&lang=ru`,
      `#/train?${query}`,
      ` ?${query}&theme=dark `,
    ])
      expect(readShareLink(link)).toMatchObject({ config: { seed: 9, epochs: 5 }, problems: [] });
    expect(readShareLink('https://example.org/#/train').config).toEqual(compact);
  });
  it('tells of every value it refuses and every key it does not know', () => {
    const { config, problems } = readShareLink('#/train?seed=abc&colour=red&epochs=7');
    expect(config).toMatchObject({ seed: compact.seed, epochs: 7 });
    expect(problems).toMatchObject([
      { code: 'bad-link', details: { key: 'seed' } },
      { code: 'unknown-link-key', details: { key: 'colour' } },
    ]);
  });
  it('is refused where it is none', () => {
    for (const text of ['', 'hello', 'https://example.org/#/data?seed=1', '#/train?a b'])
      expect(() => readShareLink(text)).toThrow(refusal('not-a-link'));
    expect(() => readShareLink(`#/train?${'x'.repeat(9000)}`)).toThrow(refusal('link-too-long'));
  });
  it('is offered only where it carries the whole configuration', () => {
    expect(nearestPreset(paper)).toBe('paper');
    expect(readShareLink(`#/train?${completeQuery(paper)}`).config).toEqual(paper);
    const folder = parseRunConfig({ ...paper, corpus: { kind: 'folder', id: 'abc', name: 'IEMOCAP' } });
    expect(completeQuery(folder)).toContain('corpus=abc');
    expect(
      completeQuery(parseRunConfig({ ...compact, optimizer: { ...compact.optimizer, beta1: 0.8 } })),
    ).toBe('optimizer=adam%2Cbeta1%3A0.8');
    expect(completeQuery(parseRunConfig({ ...compact, features: { ...compact.features, hop: 256 } }))).toBe(
      'hop=256',
    );
    const exclude = Array.from({ length: 5000 }, (_, i) => `Ses01F_impro01_F${String(i).padStart(4, '0')}`);
    expect(completeQuery(parseRunConfig({ ...compact, exclude }))).toBeNull();
  });
});
