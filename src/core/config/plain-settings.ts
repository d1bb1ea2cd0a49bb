/**
 * The configuration's settings that are one value each, declared like every other option (core/options): the
 * schema, their controls on Train and the group they stand in, their names and texts in a link and what Compare
 * sets apart by are read from here. The default is the compact preset's. Not here: what is chosen from a
 * registry with options of its own, and what is made of several values (schema.ts).
 */
import * as v from 'valibot';
import { ALL_SCHEMES } from '../corpus/adapters/registry';
import { ARCHITECTURE_IDS } from '../model/architectures/registry';
import {
  booleanField,
  choiceField,
  numberField,
  openNumberField,
  type Field,
  type ValueOf,
} from '../options/field';
import { valueSchema } from '../options/schema';
import { GRADIENT_LEVELS } from '../weighting/types';

/** The groups of the form on Train, in its order. */
export const SETTING_GROUPS = ['recipe', 'weighting', 'model', 'training'] as const;
export type SettingGroup = (typeof SETTING_GROUPS)[number];

/** A setting and where it stands on Train; null: it is set elsewhere. */
export type PlacedField = Field & { readonly group: SettingGroup | null };
const inGroup = <const F extends Field>(group: SettingGroup | null, field: F) => ({ ...field, group });

const [scheme] = ALL_SCHEMES.map(({ id }) => id);

export const PLAIN_SETTINGS = {
  labelScheme: inGroup(
    'recipe',
    choiceField({ choices: ALL_SCHEMES.map(({ id }) => id), default: scheme!, link: 'labels' }),
  ),
  architecture: inGroup('model', choiceField({ choices: ARCHITECTURE_IDS, default: ARCHITECTURE_IDS[0]! })),
  /** Multiplies every hidden width: 1 is the paper's model, 0.25 the compact one. */
  width: inGroup(
    'model',
    numberField({
      default: 0.25,
      min: 0.0625,
      max: 1,
      offers: [1, 0.5, 0.25, 0.125],
      short: (value: number) => `width ${value}`,
    }),
  ),
  /** Side of the square input image in pixels. */
  inputSize: inGroup(
    'model',
    numberField({
      default: 64,
      min: 32,
      max: 512,
      integer: true,
      link: 'size',
      offers: [64, 96, 128, 224],
      short: (value: number) => `${value} px`,
    }),
  ),
  /** Scale the effective weights so that their absolute values sum to the number of tasks. */
  renormalise: inGroup(
    'weighting',
    booleanField({
      default: false,
      short: (value: boolean) => (value ? 'renormalised' : 'not renormalised'),
    }),
  ),
  /** The gradient of all parameters together is scaled down to this L2 norm; null: never. */
  clipNorm: inGroup(
    'training',
    openNumberField({
      default: null,
      none: 'off',
      start: 1,
      min: 1e-6,
      max: 1e6,
      link: 'clip',
      short: (value: number | null) => (value === null ? 'not clipped' : `clipped ${value}`),
    }),
  ),
  batchSize: inGroup(
    'training',
    numberField({
      default: 32,
      min: 1,
      max: 256,
      integer: true,
      link: 'batch',
      short: (value: number) => `batch ${value}`,
    }),
  ),
  /** Examples in memory at once; a batch's parts add up. null: as many as the memory plan allows. */
  microBatch: inGroup(
    'training',
    openNumberField({
      default: null,
      none: 'auto',
      min: 1,
      max: 256,
      integer: true,
      link: 'micro',
    }),
  ),
  epochs: inGroup(
    'training',
    numberField({
      default: 40,
      min: 1,
      max: 10000,
      integer: true,
      short: (value: number) => `epochs ${value}`,
    }),
  ),
  /** Epochs without improvement before early stopping. */
  patience: inGroup(
    'training',
    numberField({
      default: 30,
      min: 1,
      max: 10000,
      integer: true,
      short: (value: number) => `patience ${value}`,
    }),
  ),
  /** Split, initial weights, shuffling, dropout and augmentations draw from separate streams of it. */
  seed: inGroup(
    'training',
    numberField({
      default: 1,
      min: 0,
      max: Number.MAX_SAFE_INTEGER,
      integer: true,
      short: (value: number) => `seed ${value}`,
    }),
  ),
  /** `auto`: webgpu if there is a hardware adapter, else wasm, else cpu. */
  backend: inGroup('training', choiceField({ choices: ['auto', 'webgpu', 'wasm', 'cpu'], default: 'auto' })),
} as const;

/** What the demo corpus is made by; `difficulty` 0 (easy) .. 1 (hard). */
export const DEMO_FIELDS = {
  seed: { ...PLAIN_SETTINGS.seed, link: 'demoSeed' },
  difficulty: numberField({ default: 0.5, min: 0, max: 1, link: 'difficulty' }),
};

/** How often the tasks' gradients are measured (every so many steps; 0: never), and where. */
export const INSTRUMENT_FIELDS = {
  every: numberField({ default: 10, min: 0, max: 10000, integer: true }),
  gradients: choiceField({ choices: GRADIENT_LEVELS, default: 'representation' }),
};

/**
 * Settings that came after version 2 of the configuration. Absent is the default, and the default is never
 * written, so that what was stored before, its links and its hashes stay as they are.
 */
export const ADDED_SETTINGS = {
  // One entry a setting: docs/adding-a-setting.md.
} as const satisfies Readonly<Record<string, PlacedField>>;

export type AddedSetting = keyof typeof ADDED_SETTINGS;
export type PlainSetting = keyof (typeof PLAIN_SETTINGS & typeof ADDED_SETTINGS);

const DECLARED: Readonly<Record<string, PlacedField>> = { ...PLAIN_SETTINGS, ...ADDED_SETTINGS };

/** @param id any setting's @returns null where it is not one value */
export const plainField = (id: string): PlacedField | null => DECLARED[id] ?? null;

/** @returns the schema of a setting, which a configuration must name */
export const settingSchema = <const S extends keyof typeof PLAIN_SETTINGS>(
  setting: S,
): v.GenericSchema<ValueOf<(typeof PLAIN_SETTINGS)[S]>> =>
  valueSchema(PLAIN_SETTINGS[setting] as Field) as never;

/** The schemas of settings that may be absent. */
export const optionalSchemas = <const F extends Readonly<Record<string, Field>>>(fields: F) =>
  Object.fromEntries(
    Object.entries(fields).map(([id, field]) => [id, v.exactOptional(valueSchema(field))]),
  ) as {
    readonly [S in keyof F]: v.ExactOptionalSchema<v.GenericSchema<ValueOf<F[S]>>, undefined>;
  };
export const ADDED_SCHEMAS = optionalSchemas(ADDED_SETTINGS);
