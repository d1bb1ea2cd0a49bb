/** Counts of the open corpus under the configuration that is being made, by the statistics worker. */
import { useEffect, useMemo, useState } from 'react';
import { statsClient } from '../../clients/workers';
import { toWire, type WireError } from '../../core/errors/errors';
import type { CorpusAbout, StatsContract } from '../../core/protocol/contracts/stats';
import { useDraft } from '../draft';
import { useCorpus } from './corpus';
import { useFeatures } from './features';

type Requests = StatsContract['requests'];

export interface Answer<T> {
  /** The last one that came: of an earlier question while the next is worked on. */
  readonly answer: T | null;
  readonly error: WireError | null;
  readonly busy: boolean;
}

/** What is asked about: changes with corpus, selection, split and features. */
export function useCorpusAbout(): CorpusAbout | null {
  const corpusId = useCorpus((s) => s.manifest?.fingerprint);
  const { labelScheme, exclude, split, seed, features } = useDraft((s) => s.config);
  // When features are computed, levels become known.
  const bytes = useFeatures((s) => s.summary?.bytes ?? 0);
  return useMemo(
    () =>
      corpusId === undefined
        ? null
        : { corpusId, setting: { labelScheme, exclude, split, seed }, features, bytes },
    [corpusId, labelScheme, exclude, split, seed, features, bytes],
  );
}

/** Asks whenever the question is another one; an answer that comes late is dropped. @param payload null: nothing */
export function useStatistics<K extends 'corpus' | 'histogram' | 'cross'>(
  kind: K,
  payload: Requests[K]['payload'] | null,
): Answer<Requests[K]['result']> {
  /** The question itself: equal ones are asked once. */
  const about = payload && JSON.stringify(payload);
  const [state, setState] = useState<{
    readonly about: string | null;
    readonly answer: Requests[K]['result'] | null;
    readonly error: WireError | null;
  }>({ about: null, answer: null, error: null });
  useEffect(() => {
    if (about === null) return undefined;
    const asked = { current: true };
    const put = (answer: Requests[K]['result'] | null, error: WireError | null): void => {
      if (asked.current) setState({ about, answer, error });
    };
    statsClient
      .connect()
      .call(kind, JSON.parse(about) as Requests[K]['payload'])
      .then(
        (answer) => put(answer, null),
        (error: unknown) => put(null, toWire(error)),
      );
    return () => {
      asked.current = false;
    };
  }, [kind, about]);
  return { answer: state.answer, error: state.error, busy: about !== state.about };
}
