/**
 * config.json of version 1 (0.1.0, and the development versions after it): fields that came over time are
 * absent in its earlier files. A state that is null was not told.
 */
import { filled, isPlain, type Migration } from '../../migration';

export const headFromVersion1: Migration = {
  name: 'nothing of an exported run is left out',
  from: 1,
  migrate: (old) => ({
    ...filled(old, {
      data: null,
      state: null,
      recoveries: 0,
      adjusted: false,
      backendSoftware: false,
      adjustments: [],
      // Of one strategy, which the configuration names.
      segments: [],
    }),
    corpus: isPlain(old['corpus']) ? filled(old['corpus'], { utterances: 0 }) : old['corpus'],
  }),
};
