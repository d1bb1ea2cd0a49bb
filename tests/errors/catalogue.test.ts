/**
 * The catalogue of errors: every sentence in both languages with the same values, and filled with whatever
 * the details hold; what an earlier version stored is shown in the words it was stored with.
 */
import fc from 'fast-check';
import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/app/i18n/en/index';
import { errorsRu } from '../../src/app/i18n/ru/errors/index';
import { ru } from '../../src/app/i18n/ru/index';
import { CATALOGUE, FAMILIES } from '../../src/core/errors/catalogue';
import type { Entry } from '../../src/core/errors/catalogue/entry';
import { REASONS } from '../../src/core/errors/catalogue/reasons';
import * as classes from '../../src/core/errors/classes';
import { EquipoiseError, fromWire, toWire, type WireError } from '../../src/core/errors/errors';
import { codeHeading, codeText, errorText, reportDetail } from '../../src/ui/text/errors';

const i18n = i18next.createInstance();
beforeAll(() =>
  i18n.init({
    lng: 'en',
    resources: { en: { translation: en }, ru: { translation: ru } },
    interpolation: { escapeValue: false },
  }),
);

const entries = Object.entries(CATALOGUE) as readonly (readonly [string, Entry])[];
const russian = errorsRu as Readonly<Record<string, Entry>>;
const names = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!))].sort();

/** Every text of an entry, by where it stands. */
const textsOf = ({ message, hint, because, title, of = {} }: Entry): ReadonlyMap<string, string> =>
  new Map(
    Object.entries({ message, hint, because, title, ...prefixed(of) }).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    ),
  );
const prefixed = (of: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(of).map(([why, text]) => [`of.${why}`, text]));

/** An error of any code, as a site would make it. */
const raise = (code: string, details: Readonly<Record<string, string | number>>): EquipoiseError =>
  new EquipoiseError(...([code, details] as unknown as ConstructorParameters<typeof EquipoiseError>));

/** A word for every value that a text of the entry may need. */
const valuesOf = (entry: Entry): Record<string, string> =>
  Object.fromEntries([...textsOf(entry).values()].flatMap(names).map((name) => [name, `<${name}>`]));

describe('the catalogue', () => {
  it('has a code once, whatever its family', () => {
    const codes = Object.values(FAMILIES).flatMap((family) => Object.keys(family));
    expect(codes.length).toBeGreaterThan(130);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.sort()).toEqual(Object.keys(CATALOGUE).sort());
  });

  it.each(entries)('%s: whole sentences in both languages, with the same values', (code, entry) => {
    const [english, translated] = [textsOf(entry), textsOf(russian[code]!)];
    expect([...translated.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [where, text] of english) {
      const other = translated.get(where)!;
      expect(names(other), where).toEqual(names(text));
      expect(other, where).toMatch(/[а-яё]/i);
      expect(text, where).not.toMatch(/[а-яё]/i);
      // A sentence, except where it ends in what something else said, or in an example.
      if (!/\{\{message\}\}$|7$/.test(text)) expect(text, where).toMatch(/[.?]$/);
    }
    expect(names(entry.title ?? '')).toEqual([]);
  });

  it.each(entries)('%s: is said with its values, by the core and on screen alike', (code, entry) => {
    const values = valuesOf(entry);
    for (const why of [null, ...Object.keys(entry.of ?? {})]) {
      const error = raise(code, why === null ? values : { ...values, why });
      expect(error.message).not.toMatch(/\{\{|^$/);
      const shown = errorText(i18n, toWire(error), 'en');
      if (values['field'] === undefined && values['fields'] === undefined)
        expect(shown).toEqual({ message: error.message, hint: error.hint });
      const text = why === null ? entry.message : entry.of![why]!;
      for (const language of ['en', 'ru'])
        for (const name of names(text).filter((one) => !one.startsWith('field')))
          expect(errorText(i18n, toWire(error), language).message).toContain(`<${name}>`);
    }
  });

  it('has reasons that are clauses, with the same values in both languages', () => {
    expect(Object.keys(ru.reasons)).toEqual(Object.keys(REASONS));
    for (const [why, text] of Object.entries(REASONS)) {
      expect(names((ru.reasons as Record<string, string>)[why]!), why).toEqual(names(text));
      expect(text, why).toMatch(/[^.]$/);
    }
  });

  it('fills in the clause of a reason', () => {
    const error = raise('bad-config', { field: 'seed', why: 'range', min: 1, max: 9 });
    expect(error.message).toBe('The configuration’s “seed” does not fit: it must lie between 1 and 9.');
    expect(error.details).toMatchObject({ reason: 'it must lie between 1 and 9', why: 'range' });
    expect(errorText(i18n, toWire(error), 'ru').message).toContain('нужно значение от 1 до 9');
    // A library's own words pass through.
    expect(raise('backend-missing', { backend: 'webgpu', reason: 'no such file' }).message).toBe(
      'The backend webgpu cannot be used here: no such file.',
    );
  });
});

describe('errors that travel', () => {
  it('are the same class with the same words on the other side, whatever their details', () => {
    const kinds = Object.entries(classes).filter(([name]) => name !== 'CancelledError');
    const codes = fc.constantFrom(...Object.keys(CATALOGUE).filter((code) => code !== 'cancelled'));
    const details = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer()));
    fc.assert(
      fc.property(fc.constantFrom(...kinds), codes, details, ([name, Class], code, given) => {
        const make = Class as unknown as new (code: string, details: object) => EquipoiseError;
        const error = new make(code, { ...valuesOf(CATALOGUE[code as keyof typeof CATALOGUE]), ...given });
        const back = fromWire(structuredClone(toWire(error)));
        expect(back).toBeInstanceOf(Class);
        expect(back.name).toBe(name);
        expect(toWire(back)).toEqual(toWire(error));
      }),
    );
  });
});

describe('what earlier versions stored', () => {
  const stored = (code: string, details: WireError['details'] = {}): WireError => ({
    name: 'StorageError',
    code,
    message: 'As it was said then.',
    hint: 'As it was advised then.',
    details,
  });

  it('of a code that is not known any more, is shown as it was said', () => {
    for (const language of ['en', 'ru'])
      expect(errorText(i18n, stored('long-gone'), language)).toEqual({
        message: 'As it was said then.',
        hint: 'As it was advised then.',
      });
    expect(fromWire(stored('long-gone')).message).toBe('As it was said then.');
  });

  it('without a value that the sentence has today, falls back to the title, or to what was said', () => {
    // 0.1.0 kept step and part, and not of how many.
    const damaged = stored('checkpoint-damaged', { step: 7, part: 2 });
    expect(errorText(i18n, damaged, 'en').message).toBe('The checkpoint is damaged.');
    expect(errorText(i18n, damaged, 'ru').message).toBe('Контрольная точка повреждена.');
    expect(errorText(i18n, stored('locked'), 'ru').message).toBe('С этим работает другая вкладка.');
    expect(errorText(i18n, stored('width'), 'ru').message).toBe('As it was said then.');
    for (const [code] of entries)
      for (const language of ['en', 'ru'])
        expect(errorText(i18n, stored(code), language).message).not.toContain('{{');
  });

  it('in logs and manifests, too', () => {
    expect(codeText(i18n, 'file-missing', {}, 'gone')).toBe('A file is not there any more.');
    expect(codeText(i18n, 'never-heard-of', {}, 'gone')).toBe('gone');
    expect(codeHeading(i18n, 'not-riff', { message: '', hint: '' }).message).toBe('Not a WAV file.');
  });

  it('of backends, whose words had no name', () => {
    expect(reportDetail(i18n, { detail: 'WebAssembly, one thread' })).toBe('WebAssembly, one thread');
  });
});
