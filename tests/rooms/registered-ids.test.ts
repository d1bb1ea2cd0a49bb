/**
 * Nothing outside the registries names what is registered: a new task, corpus, label
 * scheme, split, operation, architecture,
 * optimiser, schedule, augmentation, strategy, loss or metric is found wherever it is used, and none can be built
 * into a screen. Read from the syntax tree of every file in src and workers; tests, documents, translations (keyed
 * by id) and the files of ALLOWED may name them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { expect, it } from 'vitest';
import { AUGMENTATIONS } from '../../src/core/augment/registry';
import { ADAPTERS, ALL_SCHEMES } from '../../src/core/corpus/adapters/registry';
import { ARCHITECTURES } from '../../src/core/model/architectures/registry';
import { OPS } from '../../src/core/model/ops/registry';
import { OPTIMIZERS, SCHEDULES } from '../../src/core/optim/registry';
import { SPLITS } from '../../src/core/splits/registry';
import { LOSSES } from '../../src/core/tasks/losses/registry';
import { METRICS } from '../../src/core/tasks/metrics/registry';
import { PAPER_TASKS } from '../../src/core/tasks/presets';
import { STRATEGIES } from '../../src/core/weighting/registry';

const ROOT = join(import.meta.dirname, '../..');

const FAMILIES = {
  task: PAPER_TASKS,
  corpus: ADAPTERS,
  'label scheme': ALL_SCHEMES,
  split: SPLITS,
  operation: OPS,
  architecture: ARCHITECTURES,
  optimiser: OPTIMIZERS,
  schedule: SCHEDULES,
  augmentation: AUGMENTATIONS,
  strategy: STRATEGIES,
  loss: LOSSES,
  metric: METRICS,
};
type Family = keyof typeof FAMILIES;

/** Where the entries are: each may name itself and what it is made of. */
const REGISTRIES: readonly string[] = [
  'src/core/tasks/presets.ts',
  'src/core/tasks/losses/',
  'src/core/tasks/metrics/',
  'src/core/corpus/adapters/',
  // The layout of IEMOCAP: a part of its adapter, shared with the demo corpus.
  'src/core/corpus/iemocap/',
  // What adapters of acted corpora share: the columns that all of them have.
  'src/core/corpus/emotional-speech.ts',
  // What the adapter of tables is made of: it knows what columns and classes are usually called.
  'src/core/corpus/tables/',
  // What the adapter of joined corpora is made of: it gives them the columns of emotional speech.
  'src/core/corpus/joined/',
  'src/core/splits/kinds/',
  'src/core/model/ops/',
  'src/core/model/architectures/',
  // Fusions are a registry of their own: patterns of operations.
  'src/core/model/fusion.ts',
  'src/core/optim/optimizers/',
  'src/core/optim/schedules/',
  'src/core/augment/',
  'src/core/weighting/strategies/',
  // The tables of operations, one a backend.
  'src/engine/backends/',
  'src/engine/kernels/',
];

/** Files that may name ids, and why. */
const ALLOWED: Readonly<Record<string, string>> = {
  'src/core/config/presets.ts': 'the presets',
  'src/core/config/migrations/from-version-1.ts': 'what version 1 had no name for',
  'src/core/corpus/manifest-versions.ts': 'manifests of version 1',
  'src/core/paper/': 'the paper page',
  'src/screens/paper/': 'the paper page',
  'src/core/bench/cases.ts': 'the benchmark measures the paper’s model',
  'src/engine/bench/': 'what the benchmark measures, and the same in stock TensorFlow.js',
  'src/app/help-dialog.tsx': 'the glossary explains them one by one',
};

/**
 * Ids that are words of everyday as well (a CSV heading, a role of ARIA, a style): they count only where they stand
 * as an id, that is as the value of a property called so or compared with one.
 */
const WORDS: ReadonlySet<string> = new Set([
  'add',
  'column',
  'constant',
  'demo',
  'dropout',
  'frames',
  'gain',
  'group',
  'input',
  'linear',
  'loss',
  'mean',
  'random',
  'session',
  'speaker',
  'static',
  'step',
]);
const ID_NAMES = /^(id|kind|op|column|adapter|architecture|strategy|metric|task|loss|schedule|optimizer)$/;
/** Of another family of things with a `kind`: a corpus of a configuration, a case of the benchmark, a start value. */
const OTHER_KINDS: ReadonlySet<string> = new Set(['kind demo', 'kind step', 'kind constant']);

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  value !== null && typeof value === 'object' && typeof (value as Node).type === 'string';

const textOf = (node: Node): string | null =>
  node.type === 'Literal' && typeof node['value'] === 'string'
    ? node['value']
    : node.type === 'TemplateElement'
      ? (node['value'] as { readonly cooked: string }).cooked
      : null;

/** What a name ends in: `config.strategy.id` -> `id`. */
function nameOf(node: unknown): string {
  if (!isNode(node)) return '';
  if (node.type === 'MemberExpression') return nameOf(node['property']);
  if (node.type === 'ChainExpression') return nameOf(node['expression']);
  return String(node['name'] ?? '');
}

/** As what a text stands there: the name of its property, or of what it is compared with; empty: neither. */
function standsAs(node: Node, parent: Node): string {
  if (parent.type === 'Property' && parent['value'] === node) return nameOf(parent['key']);
  if (parent.type === 'BinaryExpression')
    return nameOf(parent['left'] === node ? parent['right'] : parent['left']);
  if (parent.type === 'SwitchCase') return nameOf(parent['switched']);
  return '';
}

const IDS: ReadonlyMap<string, readonly Family[]> = new Map(
  [...new Set(Object.values(FAMILIES).flatMap((entries) => entries.map(({ id }) => id)))].map((id) => [
    id,
    (Object.keys(FAMILIES) as Family[]).filter((family) => FAMILIES[family].some((one) => one.id === id)),
  ]),
);

/** Every place in a text that names an id: `line 12: uar (metric)`. */
function namedIn(file: string, text: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: Node, parent: Node): void => {
    // Types of records (`Pick<Utterance, 'frames'>`) name fields, imports name files.
    if (/^(Import|ExportAll|TSTypeReference|TSImportType)/.test(node.type)) return;
    if (node.type === 'SwitchStatement')
      for (const one of node['cases'] as Record<string, unknown>[]) one['switched'] = node['discriminant'];
    const id = textOf(node);
    const families = id === null ? undefined : IDS.get(id);
    const as = families ? standsAs(node, parent) : '';
    if (families && (!WORDS.has(id!) || (ID_NAMES.test(as) && !OTHER_KINDS.has(`${as} ${id}`))))
      found.push(`${file}:${text.slice(0, node.start).split('\n').length} ${id} (${families.join(', ')})`);
    for (const [key, value] of Object.entries(node))
      if (key !== 'switched')
        for (const child of Array.isArray(value) ? (value as unknown[]) : [value])
          if (isNode(child)) visit(child, node);
  };
  const { program } = parseSync(file, text);
  const root = program as unknown as Node;
  visit(root, root);
  return found;
}

const filesOf = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesOf(`${folder}/${entry.name}`)
      : /\.tsx?$/.test(entry.name)
        ? [`${folder}/${entry.name}`]
        : [],
  );

it('no file outside the registries names a registered id', () => {
  const spared = [...REGISTRIES, ...Object.keys(ALLOWED), 'src/app/i18n/'];
  const files = [...filesOf('src'), ...filesOf('workers')];
  expect(files.length).toBeGreaterThan(500);
  const found = files
    .filter((file) => !spared.some((place) => file.startsWith(place)))
    .flatMap((file) => namedIn(file, readFileSync(join(ROOT, file), 'utf8')));
  expect(found).toEqual([]);
});

it('every file that may name them exists and does', () => {
  const files = [...filesOf('src'), ...filesOf('workers')];
  for (const place of Object.keys(ALLOWED)) {
    const texts = files.filter((file) => file.startsWith(place));
    const named = texts.flatMap((file) => namedIn(file, readFileSync(join(ROOT, file), 'utf8')));
    expect(named, place).not.toEqual([]);
  }
});

it('finds ids where they stand, and leaves words alone', () => {
  const code = `
    const a = config.strategy.id === 'dwa' || 'uar';
    const b = { kind: 'random' };
    const c = <div role="group" title={t(\`x.\${id}\`)} />;
    const d = row['step'];
    const e = { kind: 'step', id: 'step' };
  `;
  expect(namedIn('x.tsx', code)).toEqual([
    'x.tsx:2 dwa (strategy)',
    'x.tsx:2 uar (metric)',
    'x.tsx:3 random (split, strategy)',
    'x.tsx:6 step (schedule)',
  ]);
});
