/**
 * Every log code has a sentence in both languages; placeholders agree. Errors: tests/errors/catalogue.test.ts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/app/i18n/en/index';
import { inMemory } from '../../src/app/i18n/in-memory';
import { ru } from '../../src/app/i18n/ru/index';
import { OPTIMIZERS, SCHEDULES } from '../../src/core/optim/registry';
import type { Fields } from '../../src/core/options/field';
import { STRATEGIES } from '../../src/core/weighting/registry';
import { FALLBACKS } from '../../src/core/weighting/types';

const sources = ['src', 'workers'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8')),
);
const found = (pattern: RegExp): string[] => [
  ...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))),
];

type Tree = { readonly [key: string]: string | Tree | undefined };
function leaves(tree: Tree, path = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${path}${key}`, value] as const]
        : [...leaves(value ?? {}, `${path}${key}.`)],
    ),
  );
}
const placeholders = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? ''))].sort();

describe('translations', () => {
  it('has a sentence for every log code', () => {
    const codes = found(/\.log\('(?:info|warning|error)', '([a-z-]+)'/g);
    expect(codes.length).toBeGreaterThan(5);
    expect(codes.filter((code) => !(code in en.log.codes))).toEqual([]);
  });
  it('has names for every strategy, option and choice, and a sentence for all that a strategy makes up', () => {
    const has = (tree: Tree, path: string): boolean => leaves(tree).has(path);
    const missing = [en, ru].flatMap((tree) =>
      STRATEGIES.flatMap(({ id, options }) =>
        Object.entries(options).flatMap(([key, spec]) => [
          `strategy.${id}.options.${key}`,
          ...(spec.kind === 'choice' ? spec.choices.map((one) => `optionChoice.${key}.${one}`) : []),
        ]),
      ).filter((path) => !has(tree, path)),
    );
    expect(missing).toEqual([]);
    for (const what of FALLBACKS)
      for (const path of [`fallback.${what}`, `log.codes.fallback-${what}`, `log.codes.fallbacks-${what}`])
        expect(has(en, path), path).toBe(true);
  });
  it('has names and notes for every optimiser, schedule and option of theirs', () => {
    const paths = [
      ...OPTIMIZERS.flatMap(({ id }) => [`optimizers.${id}`, `optimizerNotes.${id}`]),
      ...SCHEDULES.flatMap(({ id }) => [`schedules.${id}`, `scheduleNotes.${id}`]),
      ...[...OPTIMIZERS, ...SCHEDULES].flatMap(({ fields }) =>
        Object.entries(fields as Fields).flatMap(([key, field]) => [
          `fields.${key}`,
          ...(key === 'learningRate' ? [] : [`fieldNotes.${key}`]),
          ...(field.kind === 'choice' ? field.choices.map((one) => `fieldChoices.${key}.${one}`) : []),
        ]),
      ),
    ];
    expect(paths.length).toBeGreaterThan(40);
    for (const tree of [en, ru]) {
      const known = leaves(tree);
      expect(paths.filter((path) => !known.has(path))).toEqual([]);
    }
  });
  it('uses the same placeholders in Russian', () => {
    const russian = leaves(ru);
    const differing = [...leaves(en)]
      .filter(([key, text]) => {
        const other = russian.get(key);
        // A strategy's own English stands in for what is not translated; that is counted below.
        if (other === undefined && key.startsWith('strategy.')) return false;
        return other === undefined || placeholders(other).join() !== placeholders(text).join();
      })
      .map(([key]) => key);
    expect(differing).toEqual([]);
  });
  it('counts the words of strategies that Russian does not have yet: none', () => {
    const [english, russian] = [leaves(en.strategy), leaves(ru.strategy)];
    expect([...english.keys()].filter((key) => !russian.has(key))).toEqual([]);
    expect(english.size).toBeGreaterThan(3 * STRATEGIES.length);
  });
  it('has no Russian of strategies and options that there are not', () => {
    const english = leaves(en.strategy);
    expect([...leaves(ru.strategy).keys()].filter((key) => !english.has(key))).toEqual([]);
  });
  it('says in memory what it says elsewhere, in both languages, and never that runs are kept', () => {
    expect([...leaves(inMemory.ru).keys()]).toEqual([...leaves(inMemory.en).keys()]);
    for (const [said, language] of [
      [inMemory.en, en],
      [inMemory.ru, ru],
    ] as const)
      for (const [key, text] of leaves(said)) {
        expect(placeholders(leaves(language).get(key) ?? 'none'), key).toEqual(placeholders(text));
        expect(text, key).not.toMatch(/\bkept\b|\bsafe\b|хран/);
      }
    // Every sentence of the languages that promises it has another one here.
    const promises = [...leaves(en)]
      .filter(([, text]) =>
        /runs are kept|kept in (this|the|one) browser|stored is safe|is saved: continue|stored runs are not affected/i.test(
          text,
        ),
      )
      .map(([key]) => key);
    expect(promises.filter((key) => !leaves(inMemory.en).has(key))).toEqual([]);
  });
});
