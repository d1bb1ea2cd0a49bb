/** One utterance of the corpus by its name: typed, with the names as suggestions, or stepped through. */
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/controls/button';
import fields from '../../ui/controls/fields.module.css';

export function UtteranceField({
  ids,
  value,
  onChange,
}: {
  readonly ids: readonly string[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const unknown = typed !== null && !ids.includes(typed);
  const step = (by: number): void => {
    setTyped(null);
    onChange(ids[(ids.indexOf(value) + by + ids.length) % ids.length] ?? value);
  };
  return (
    <div className={fields['field']}>
      <label className={fields['label']} htmlFor={id}>
        {t('augment.utterance')}
      </label>
      <div className={fields['row']}>
        <input
          id={id}
          type="text"
          list={`${id}-ids`}
          autoComplete="off"
          className={fields['input']}
          value={typed ?? value}
          aria-invalid={unknown}
          aria-describedby={unknown ? `${id}-hint` : undefined}
          onChange={(event) => {
            const text = event.target.value;
            setTyped(text);
            if (ids.includes(text)) onChange(text);
          }}
          onBlur={() => setTyped(null)}
        />
        <datalist id={`${id}-ids`}>
          {ids.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </datalist>
        <IconButton icon={<ChevronLeft />} label={t('augment.previous')} onClick={() => step(-1)} />
        <IconButton icon={<ChevronRight />} label={t('augment.next')} onClick={() => step(1)} />
      </div>
      {unknown && (
        <p id={`${id}-hint`} className={fields['bad']}>
          {t('augment.unknown', { id: value })}
        </p>
      )}
    </div>
  );
}
