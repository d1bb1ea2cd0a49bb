/**
 * How long a configuration will take on this machine, from runs that were measured here or else from the
 * processor's own speed.
 */
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { applyScheme } from '../../../core/corpus/label-schemes';
import { makeSplit } from '../../../core/splits/make';
import type { CorpusManifest } from '../../../core/corpus/types';
import { buildModel } from '../../../core/model/architectures';
import { DEMO_UTTERANCES } from '../../../core/synth/demo-corpus';
import {
  forecast,
  measuredWork,
  workOf,
  type Forecast,
  type Sides,
} from '../../../core/training/memory/forecast';
import { memoryPlan } from '../../../core/training/memory/memory-plan';
import { modelChoice } from '../../../core/config/model-choice';
import type { RunConfig } from '../../../core/config/run-config';
import { parseRunConfig } from '../../../core/config/parse';
import { stepNeeds } from '../../../core/training/memory/strategy-cost';
import { useBackends } from '../../../state/machine/backends';
import { useCorpus } from '../../../state/corpus/corpus';
import { useLibrary } from '../../../state/runs/library';
import { useMachineSpeed } from '../../../state/machine/machine-speed';
import { BOUNDLESS } from '../../../state/machine/memory-plan';
import type { LibraryEntry } from '../../../state/types';
import { useFormat } from '../../../ui/text/format';

/** Whoever changes fields or presses Play at once is not kept waiting by a measurement. */
const REST_MS = 1500;

function sidesOf(config: RunConfig, manifest: CorpusManifest | null): Sides | null {
  if (manifest) {
    const { train, validation } = makeSplit(applyScheme(manifest, config).items, config.split, config.seed);
    return { train: train.length, validation: validation.length };
  }
  const { split } = config;
  if (config.corpus.kind !== 'demo' || !('validationFraction' in split)) return null;
  const validation = Math.round(DEMO_UTTERANCES * split.validationFraction);
  return { train: DEMO_UTTERANCES - validation, validation };
}

const measuredOf = (entries: readonly LibraryEntry[]) =>
  entries.flatMap(({ config: stored, last, backend, imported }) => {
    if (!last || imported) return [];
    try {
      const config = parseRunConfig(stored);
      return measuredWork(buildModel(modelChoice(config, null)), config, backend, last) ?? [];
    } catch {
      return []; // of a version that knew other things
    }
  });

/**
 * Null where nothing can be said: of a graphics card before its first run, or of a model that cannot be
 * built.
 */
export function useForecast(config: RunConfig): (Forecast & { readonly backend: string }) | null {
  const manifest = useCorpus((s) => (s.choice?.kind === config.corpus.kind ? s.manifest : null));
  const report =
    useBackends((s) =>
      config.backend === 'auto' ? s.automatic : s.reports.find(({ id }) => id === config.backend),
    ) ?? null;
  const entries = useLibrary((s) => s.entries);
  const peak = useMachineSpeed((s) => s.peak);
  const measured = useMemo(() => measuredOf(entries), [entries]);
  const work = useMemo(() => {
    try {
      const spec = buildModel(modelChoice(config, manifest));
      const sides = sidesOf(config, manifest);
      const { parts } = memoryPlan(
        spec,
        { ...config, ...stepNeeds(config, report) },
        report?.limits ?? BOUNDLESS,
      );
      const { step, epoch } = workOf(spec, config, parts, sides ?? { train: 0, validation: 0 });
      return { architecture: config.architecture, step, epoch: sides && epoch };
    } catch {
      return null;
    }
  }, [config, manifest, report]);
  const gain = report?.threads && report.threads.used > 1 ? (report.threads.measured?.gain ?? 1) : 1;
  const told = useMemo(
    () => (work && report ? forecast(work, config.epochs, report.id, measured, peak, gain) : null),
    [work, report, config.epochs, measured, peak, gain],
  );
  const missing = told === null && peak === null && report !== null && report.id !== 'webgpu';
  useEffect(() => {
    if (!missing) return undefined;
    const timer = setTimeout(() => void useMachineSpeed.getState().measure(), REST_MS);
    return () => clearTimeout(timer);
  }, [missing, config]);
  return useMemo(() => told && { ...told, backend: report!.id }, [told, report]);
}

/** A step's time in words: 240 ms, 60 s. */
export function useStepTime(): (seconds: number) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (seconds) =>
    seconds < 1
      ? t('forecast.ms', { value: format.significant(seconds * 1000, 2) })
      : t('forecast.s', { value: seconds < 10 ? format.significant(seconds, 2) : format.integer(seconds) });
}
