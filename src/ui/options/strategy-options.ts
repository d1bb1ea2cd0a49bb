/** The strategies as the options of a choice: with their notes, in groups. */
import type { TFunction } from 'i18next';
import type { StrategyId } from '../../core/weighting/types';
import type { SelectOption } from '../controls/fields';
import { GROUPED_STRATEGIES } from '../text/strategy-groups';

export const strategySelectOptions = (t: TFunction): readonly SelectOption<StrategyId>[] =>
  GROUPED_STRATEGIES.flatMap(({ group, strategies }) =>
    strategies.map(({ id }) => ({
      value: id,
      label: t(`strategy.${id}.name`),
      note: t(`strategy.${id}.note`),
      group: t(`strategyGroups.${group}.name`),
    })),
  );
