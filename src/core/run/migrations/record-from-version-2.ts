/** Records of version 2 kept the last of several switches that a recovery had undone, as the strategy wanted next. */
import { filled, type Migration } from '../../migration';

export const recordFromVersion2: Migration = {
  name: 'every switch that a recovery undid waits to be made again',
  from: 2,
  migrate: (old) => filled(old, { undone: [] }),
};
