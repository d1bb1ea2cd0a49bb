/**
 * How utterances are divided, and which part is held out for the test: the controls of whatever kinds the
 * registry has and the corpus allows. Given what it shows; used on the Data and the Train screen.
 */
import { useTranslation } from 'react-i18next';
import { defaultsOf, type Field, type Fields, type Values } from '../../core/options/field';
import { SPLITS, splitKind, type Holding, type SplitChoice } from '../../core/splits/registry';
import { splitText } from '../../core/splits/text';
import type { Offer, SplitKind } from '../../core/splits/types';
import { useCorpusWords } from '../text/corpus-words';
import { SelectField, SliderField, type SelectOption, type FieldProps } from '../controls/fields';
import { useFormat } from '../text/format';
import { say } from '../text/lookup';
import { NumberField } from './number-field';

/** Values of a kind with a single choice of the corpus are offered one by one, up to so many. */
const ONE_BY_ONE = 30;
const NO_TEST = 'none';

export interface SplitFieldsProps {
  readonly split: SplitChoice;
  /** What the corpus has to split by. */
  readonly offer: Offer;
  readonly disabled?: boolean;
  /** Whether a part departs from the preset. */
  readonly changed?: FieldProps['changed'];
  readonly onChange: (split: SplitChoice) => void;
}

export function SplitFields({ split, offer, disabled = false, changed = false, onChange }: SplitFieldsProps) {
  const { t } = useTranslation();
  const { test, ...rest } = split;
  const main = rest as Holding;
  const withTest = (part: Holding, held: Holding | undefined): SplitChoice =>
    held && !splitKind(part).ownTest ? { ...part, test: held } : part;
  const same = { offer, disabled };
  return (
    <>
      <HoldingFields
        {...same}
        label={t('splits.validation')}
        changed={changed}
        kinds={SPLITS}
        holding={main}
        onChange={(part) => part && onChange(withTest(part, test))}
      />
      {!splitKind(main).ownTest && (
        <HoldingFields
          {...same}
          label={t('splits.test')}
          none
          kinds={SPLITS.filter(({ ownTest }) => !ownTest)}
          holding={test ?? null}
          onChange={(part) => onChange(withTest(main, part ?? undefined))}
        />
      )}
    </>
  );
}

interface HoldingFieldsProps {
  readonly label: string;
  readonly kinds: readonly SplitKind[];
  readonly offer: Offer;
  readonly disabled: boolean;
  readonly changed?: FieldProps['changed'];
  /** Nothing may be held out. */
  readonly none?: boolean;
  readonly holding: Holding | null;
  readonly onChange: (holding: Holding | null) => void;
}

/** The kind with the first of its choices. */
function beginning(kind: SplitKind, offer: Offer): Holding {
  const options: Record<string, Values<Fields>[string]> = { ...defaultsOf(kind.fields) };
  for (const key of Object.keys(kind.fields)) {
    const values = kind.choices(offer, options)?.[key];
    if (values && !values.includes(String(options[key])))
      options[key] = typed(kind.fields[key]!, values[0] ?? '');
  }
  return { kind: kind.id, ...options } as Holding;
}

const typed = (field: Field, text: string): string | number =>
  field.kind === 'number' ? Number(text) : text;

/** The kind once for each value of its only option, where that is one of a few. */
function oneByOne(kind: SplitKind, offer: Offer): readonly Holding[] | null {
  const [key, ...others] = Object.keys(kind.fields);
  const values = key === undefined ? undefined : kind.choices(offer, defaultsOf(kind.fields))?.[key];
  if (key === undefined || others.length > 0 || !values || values.length > ONE_BY_ONE) return null;
  return values.map(
    (value) => ({ kind: kind.id, [key]: typed(kind.fields[key]!, value) }) as unknown as Holding,
  );
}

function HoldingFields({
  label,
  kinds,
  offer,
  disabled,
  changed = false,
  none = false,
  holding,
  onChange,
}: HoldingFieldsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useCorpusWords();
  const kind = holding && splitKind(holding);
  const valueOf = (one: Holding): string => (oneByOne(splitKind(one), offer) ? splitText(one) : one.kind);
  const beginnings = kinds.flatMap((one): Holding[] => {
    const usable = one.choices(offer, defaultsOf(one.fields)) !== null;
    return usable ? [...(oneByOne(one, offer) ?? [beginning(one, offer)])] : [];
  });
  // What is chosen stays in sight where the corpus does not have it.
  const offered =
    holding && !beginnings.some((one) => valueOf(one) === valueOf(holding))
      ? [...beginnings, holding]
      : beginnings;
  const nameOf = (one: Holding): string => {
    const { id } = splitKind(one);
    const name = say(t, `splits.${id}.name`, id);
    if (!oneByOne(splitKind(one), offer)) return name;
    return say(t, `splits.${id}.value`, name, optionsOf(one));
  };
  const options: SelectOption<string>[] = [
    ...(none ? [{ value: NO_TEST, label: t('splits.noTest'), note: t('splits.noTestNote') }] : []),
    ...offered.map((one) => ({
      value: valueOf(one),
      label: nameOf(one),
      note: say(t, `splits.${one.kind}.note`, ''),
    })),
  ];
  const values: Choices = holding && kind ? (kind.choices(offer, optionsOf(holding)) ?? {}) : {};
  return (
    <>
      <SelectField
        label={label}
        disabled={disabled}
        changed={changed}
        value={holding ? valueOf(holding) : NO_TEST}
        onChange={(value) => onChange(offered.find((one) => valueOf(one) === value) ?? null)}
        options={options}
        {...(none && holding ? { hint: t('splits.testNote') } : {})}
      />
      {holding &&
        kind &&
        !oneByOne(kind, offer) &&
        Object.entries(kind.fields).map(([key, field]) => (
          <OptionField
            key={key}
            name={say(
              t,
              `splits.options.${none && key === 'validationFraction' ? 'testFraction' : key}`,
              key,
            )}
            field={field}
            disabled={disabled}
            value={optionsOf(holding)[key]}
            choices={values[key]?.map((value) => ({
              value,
              label: key === 'column' ? words.column(value) : value,
            }))}
            onChange={(value) => {
              const next = { ...holding, [key]: value } as Holding;
              onChange(fitting(kind, next, offer));
            }}
            format={format}
          />
        ))}
    </>
  );
}

type Choices = Readonly<Record<string, readonly string[]>>;

function optionsOf(holding: Holding): Readonly<Record<string, string | number>> {
  const { fields } = splitKind(holding);
  return Object.fromEntries(Object.entries(holding).filter(([key]) => Object.hasOwn(fields, key)));
}

/** A value of another column gives way to the first of the new one. */
function fitting(kind: SplitKind, holding: Holding, offer: Offer): Holding {
  const choices = kind.choices(offer, optionsOf(holding)) ?? {};
  const wrong = Object.entries(choices).filter(
    ([key, values]) => !values.includes(String(optionsOf(holding)[key])),
  );
  return wrong.length === 0
    ? holding
    : {
        ...holding,
        ...Object.fromEntries(wrong.map(([key, values]) => [key, typed(kind.fields[key]!, values[0] ?? '')])),
      };
}

interface OptionFieldProps {
  readonly name: string;
  readonly field: Field;
  readonly disabled: boolean;
  readonly value: string | number | undefined;
  readonly choices: readonly SelectOption<string>[] | undefined;
  readonly onChange: (value: string | number) => void;
  readonly format: ReturnType<typeof useFormat>;
}

function OptionField({ name, field, disabled, value, choices, onChange, format }: OptionFieldProps) {
  const common = { label: name, disabled };
  if (choices)
    return (
      <SelectField
        {...common}
        value={String(value)}
        onChange={(text) => onChange(typed(field, text))}
        options={choices}
      />
    );
  if (field.kind !== 'number' || typeof value !== 'number') return null;
  const range = { min: field.min, max: field.max, value, onChange };
  return field.step === undefined ? (
    <NumberField {...common} {...range} integer={field.integer ?? false} />
  ) : (
    <SliderField {...common} {...range} step={field.step} display={format.percent(value)} />
  );
}
