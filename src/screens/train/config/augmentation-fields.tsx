/** The ordered list of augmentations of a run: add, move, remove, and each one's options. */
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { AUGMENTATIONS, defaultAugmentation, type AugmentationChoice } from '../../../core/augment/registry';
import { useDraft } from '../../../state/draft';
import { Button, IconButton } from '../../../ui/controls/button';
import { OptionFields } from '../../../ui/options/option-fields';
import { entryWords } from '../../../ui/options/option-words';
import { ChangedMark } from '../../../ui/controls/fields';
import { lookup } from '../../../ui/text/lookup';
import { ActionMenu } from '../../../ui/controls/overlay';
import type { SettingControlProps } from './setting-controls';
import styles from './augmentation-fields.module.css';

export function AugmentationFields({ config, disabled, differs }: SettingControlProps) {
  const { t, i18n } = useTranslation();
  const { augmentations } = config;
  const nameOf = (id: string): string => lookup(i18n, `augmentations.${id}`, {}, id);
  const change = (next: readonly AugmentationChoice[]): void =>
    useDraft.getState().set({ augmentations: next });
  return (
    <div role="group" aria-label={t('augment.steps')} className={styles['group']}>
      <div className={styles['head']}>
        <span className={styles['title']}>{t('augment.steps')}</span>
        <ChangedMark show={differs('augmentations')} label={t('augment.steps')} disabled={disabled} />
      </div>
      <p className={styles['hint']}>
        {augmentations.length > 0 ? t('augment.stepsHint') : t('augment.none')}
      </p>
      <ol className={styles['list']}>
        {augmentations.map((choice, i) => (
          <Step
            key={keyOf(augmentations, i)}
            position={i}
            choice={choice}
            disabled={disabled}
            last={i === augmentations.length - 1}
            onOptions={(next) => change(augmentations.with(i, next))}
            onMove={(by) => change(moved(augmentations, i, by))}
            onRemove={() => change(augmentations.toSpliced(i, 1))}
          />
        ))}
      </ol>
      <ActionMenu
        trigger={
          <Button icon={<Plus />} disabled={disabled}>
            {t('augment.add')}
          </Button>
        }
        actions={AUGMENTATIONS.map((entry) => {
          const there = 'once' in entry && augmentations.some(({ id }) => id === entry.id);
          return {
            key: entry.id,
            label: there ? `${nameOf(entry.id)} (${t('augment.once')})` : nameOf(entry.id),
            disabled: there,
            onSelect: () => change([...augmentations, defaultAugmentation(entry.id)]),
          };
        })}
      />
    </div>
  );
}

/** One may stand there twice: `gain 1` is the second. */
const keyOf = (list: readonly AugmentationChoice[], position: number): string => {
  const { id } = list[position]!;
  return `${id} ${list.slice(0, position).filter((earlier) => earlier.id === id).length}`;
};

const moved = <T,>(list: readonly T[], from: number, by: number): readonly T[] =>
  list.toSpliced(from, 1).toSpliced(from + by, 0, list[from]!);

function Step({
  position,
  choice,
  disabled,
  last,
  onOptions,
  onMove,
  onRemove,
}: {
  readonly position: number;
  readonly choice: AugmentationChoice;
  readonly disabled: boolean;
  readonly last: boolean;
  readonly onOptions: (next: AugmentationChoice) => void;
  readonly onMove: (by: number) => void;
  readonly onRemove: () => void;
}) {
  const { t, i18n } = useTranslation();
  const entry = AUGMENTATIONS.find(({ id }) => id === choice.id)!;
  const name = lookup(i18n, `augmentations.${choice.id}`, {}, choice.id);
  const numbered = t('augment.position', { position: position + 1, name });
  return (
    <li className={styles['step']} aria-label={numbered}>
      <div className={styles['stepHead']}>
        <span className={styles['name']}>{numbered}</span>
        <IconButton
          icon={<ArrowUp />}
          label={t('augment.up', { name })}
          disabled={disabled || position === 0}
          onClick={() => onMove(-1)}
        />
        <IconButton
          icon={<ArrowDown />}
          label={t('augment.down', { name })}
          disabled={disabled || last}
          onClick={() => onMove(1)}
        />
        <IconButton
          icon={<Trash2 />}
          label={t('augment.remove', { name })}
          disabled={disabled}
          onClick={onRemove}
        />
      </div>
      <OptionFields
        fields={entry.fields}
        words={entryWords(i18n, choice.id)}
        values={choice}
        disabled={disabled}
        onChange={(key, value) => onOptions({ ...choice, [key]: value })}
      />
    </li>
  );
}
