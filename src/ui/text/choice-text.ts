/**
 * A choice of a registry (optimiser, schedule, augmentation, ...) with its options in words: `Adam: β₁ 0.9, β₂
 * 0.999`. Names are data: `optimizers.adam`, `fields.beta1`.
 */
import type { TFunction } from 'i18next';
import type { Format } from './format';
import { isDefault, type Fields } from '../../core/options/field';

/**
 * The name alone where every option is at its default.
 * @param entries of the registry  @param apart options that are shown elsewhere
 */
export function choiceText(
  t: TFunction,
  format: Format,
  entries: readonly { readonly id: string; readonly fields: Fields }[],
  family: 'optimizers' | 'schedules' | 'augmentations',
  choice: { readonly id: string },
  apart: readonly string[] = [],
): string {
  const say = (key: string, fallback: string): string =>
    (t as unknown as (key: string, options: object) => string)(key, { defaultValue: fallback });
  const fields = entries.find(({ id }) => id === choice.id)?.fields ?? {};
  const options = Object.entries(choice).filter(
    ([key, value]) => key !== 'id' && !apart.includes(key) && !isDefault(fields[key], value),
  );
  const name = say(`${family}.${choice.id}`, choice.id);
  if (options.length === 0) return name;
  const number = (value: number): string => format.significant(value, 4);
  const shown = (key: string, value: unknown): string => {
    if (typeof value === 'number') return number(value);
    if (Array.isArray(value)) return (value as readonly number[]).map(number).join(' / ');
    if (typeof value === 'boolean') return t(value ? 'adjust.on' : 'adjust.off');
    if (value === null) return t('settings.values.none');
    return say(`fieldChoices.${key}.${String(value)}`, String(value));
  };
  const told = options.map(([key, value]) => `${say(`fields.${key}`, key)} ${shown(key, value)}`);
  return `${name}: ${told.join(', ')}`;
}
