/**
 * What is registered is named by nobody else: no line of src or workers has the id of a strategy, optimiser,
 * schedule, augmentation, split, loss, corpus, label scheme, architecture or operation, beside the family's own
 * folder and texts, presets, migrations of old versions, and the paper page. What else names one is listed here
 * with its reason, so that the list cannot grow unseen.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { AUGMENTATIONS } from '../../src/core/augment/registry';
import { ADAPTERS, ALL_SCHEMES } from '../../src/core/corpus/adapters/registry';
import { ARCHITECTURES } from '../../src/core/model/architectures/registry';
import { OPS } from '../../src/core/model/ops/registry';
import { OPTIMIZERS, SCHEDULES } from '../../src/core/optim/registry';
import { SPLITS } from '../../src/core/splits/registry';
import { LOSSES } from '../../src/core/tasks/losses/registry';
import { STRATEGIES } from '../../src/core/weighting/registry';

interface Family {
  readonly entries: readonly { readonly id: string }[];
  /** Where its entries live. */
  readonly own: RegExp;
}
const FAMILIES: Readonly<Record<string, Family>> = {
  strategy: { entries: STRATEGIES, own: /core\/weighting\/strategies/ },
  optimiser: { entries: OPTIMIZERS, own: /core\/optim\/optimizers/ },
  schedule: { entries: SCHEDULES, own: /core\/optim\/schedules/ },
  augmentation: { entries: AUGMENTATIONS, own: /core\/augment\// },
  split: { entries: SPLITS, own: /core\/splits\/kinds/ },
  loss: { entries: LOSSES, own: /core\/tasks\/losses|engine\/kernels/ },
  corpus: { entries: [...ADAPTERS, ...ALL_SCHEMES], own: /core\/corpus\/(adapters|iemocap)/ },
  architecture: { entries: ARCHITECTURES, own: /core\/model\/architectures/ },
  operation: { entries: OPS, own: /core\/model\/(ops|architectures)\/|engine\/(ops|backends|kernels)\// },
};

/** Words of the language that mean something else nearly everywhere; as ids they cannot be told from it. */
const ORDINARY = new Set(
  'mean random static constant step gain noise group column session speaker demo input add concat frames flatten linear dropout relu conv mae ccc'.split(
    ' ',
  ),
);
/** Texts; what anybody may begin with; what old versions wrote; what was published. */
const MAY = /app\/i18n\/|core\/config\/(presets|migrations)|core\/tasks\/presets|core\/paper\//;

const LISTED: Readonly<Record<string, string>> = {
  'src/core/compare/groups.ts unweighted-sum': 'the baseline that is offered',
  'src/core/compare/suitable-pair.ts unweighted-sum': 'the baseline that is offered',
  'src/screens/train/live/event-log.tsx unweighted-sum': 'of runs whose record has no strategy',
  'src/engine/bench/ours.ts weighted-average': 'the strategy that benchmarks run with',
  'src/core/bench/cases.ts vgg11-bn-multitask': 'the model that benchmarks run with',
  'src/engine/bench/shipped.ts adam': 'the optimiser of TensorFlow.js',
  'src/engine/bench/shipped.ts batch-norm': 'the layers of TensorFlow.js',
  'src/engine/bench/shipped.ts max-pool': 'the layers of TensorFlow.js',
  'src/screens/start/weight-balance.tsx weighted-average': 'the illustration of the start page',
  'src/screens/train/sandbox/verdict.tsx weighted-average': 'what the sandbox explains',
  'src/screens/data/augment-panel.tsx spec-augment': 'the first one that is shown',
  'src/core/corpus/manifest-versions.ts iemocap': 'the only corpus of manifests of version 1',
  'src/core/model/fusion.ts batch-norm': 'patterns of operations that backends fuse',
  'src/core/model/fusion.ts max-pool': 'patterns of operations that backends fuse',
  'src/engine/autotune/problems.ts batch-norm': 'shapes of the fused kernels',
};

const files = ['src', 'workers'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`)
    .filter((path) => !MAY.test(path)),
);

it('nothing but registries, presets and old versions names what is registered', () => {
  const sources = files.map((path) => [path, readFileSync(path, 'utf8')] as const);
  const found: string[] = [];
  let counted = 0;
  for (const { entries, own } of Object.values(FAMILIES))
    for (const id of new Set(entries.map((entry) => entry.id))) {
      if (ORDINARY.has(id)) continue;
      counted++;
      for (const [path, text] of sources)
        if (!own.test(path) && text.includes(`'${id}'`)) found.push(`${path} ${id}`);
    }
  expect(counted).toBeGreaterThan(60);
  expect([...new Set(found)].sort()).toEqual(Object.keys(LISTED).sort());
});
