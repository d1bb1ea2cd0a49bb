/** How scores, differences and probabilities are written in the language on screen. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/text/format';
import { numbersFor, type Numbers } from '../../ui/text/numbers';

export function useNumbers(): Numbers {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => numbersFor(t, format), [t, format]);
}
