/** The splits that others have published results on, by name and with their source. */
import { useTranslation } from 'react-i18next';
import { publishedOf, splitOfPublished } from '../../core/splits/published';
import type { SplitChoice } from '../../core/splits/registry';
import type { Offer } from '../../core/splits/types';
import { SelectField } from '../controls/fields';

const NONE = 'none';

export interface PublishedSplitsProps {
  readonly split: SplitChoice;
  readonly offer: Offer;
  readonly disabled: boolean;
  readonly onChange: (split: SplitChoice) => void;
}

/** Nothing for a corpus without any. */
export function PublishedSplits({ split, offer, disabled, onChange }: PublishedSplitsProps) {
  const { t } = useTranslation();
  const usable = offer.published.filter((one) => splitOfPublished(one, offer) !== null);
  if (usable.length === 0) return null;
  const chosen = publishedOf(split, offer);
  return (
    <SelectField
      label={t('splits.byName')}
      hint={chosen?.source}
      disabled={disabled}
      value={chosen?.id ?? NONE}
      options={[
        { value: NONE, label: t('splits.byNameNone'), note: t('splits.byNameNoneNote') },
        ...usable.map(({ id, name, source }) => ({ value: id, label: name, note: source })),
      ]}
      onChange={(id) => {
        const wanted = usable.find((one) => one.id === id);
        const next = wanted && splitOfPublished(wanted, offer);
        if (next && wanted !== chosen) onChange(next);
      }}
    />
  );
}
