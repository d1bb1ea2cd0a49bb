/**
 * How utterances are divided, and which part is held out for the test: the controls of whatever kinds the
 * registry has and the corpus allows. Given what it shows; used on the Data and the Train screen.
 */
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultsOf, type Field, type Fields, type Values } from '../../core/options/field';
import { heldOutTwice, SPLITS, splitKind, type Holding, type SplitChoice } from '../../core/splits/registry';
import { splitText } from '../../core/splits/text';
import type { Offer, SplitKind } from '../../core/splits/types';
import { useCorpusWords } from '../text/corpus-words';
import { SelectField, type SelectOption } from '../controls/fields';
import { say } from '../text/lookup';
import { publishedName } from '../../core/corpus/adapters/registry';
import { OptionFields } from './option-fields';
import { PublishedSplits } from './published-splits';
import styles from '../controls/fields.module.css';
import { splitWords } from './option-words';

/** Values of a kind with a single choice of the corpus are offered one by one, up to so many. */
const ONE_BY_ONE = 30;
const NO_TEST = 'none';

export interface SplitFieldsProps {
  readonly split: SplitChoice;
  /** What the corpus has to split by. */
  readonly offer: Offer;
  readonly disabled?: boolean;
  /** The preset's, which departures are marked against; absent: nothing is marked. */
  readonly base?: SplitChoice;
  readonly onChange: (split: SplitChoice) => void;
}

export function SplitFields({ split, offer, disabled = false, base, onChange }: SplitFieldsProps) {
  const { t } = useTranslation();
  const { test } = split;
  const main = mainOf(split);
  const withTest = (part: Holding, held: Holding | undefined): SplitChoice =>
    held && !splitKind(part).ownTest ? { ...part, test: held } : part;
  const same = { offer, disabled };
  const [refused, setRefused] = useState<'taken' | 'takenForTest' | null>(null);
  // The same group on both sides leaves nothing to validate on: such a choice is not taken.
  const change = (next: SplitChoice, why: 'taken' | 'takenForTest'): void => {
    const twice = heldOutTwice(next);
    setRefused(twice ? why : null);
    if (!twice) onChange(next);
  };
  return (
    <>
      <PublishedSplits {...same} split={split} onChange={(next) => change(next, 'taken')} />
      <HoldingFields
        {...same}
        label={t('splits.validation')}
        base={base && mainOf(base)}
        kinds={SPLITS}
        holding={main}
        onChange={(part) => part && change(withTest(part, test), 'taken')}
      />
      {!splitKind(main).ownTest && (
        <HoldingFields
          {...same}
          label={t('splits.test')}
          none
          base={base && (base.test ?? null)}
          kinds={SPLITS.filter(({ ownTest }) => !ownTest)}
          holding={test ?? null}
          onChange={(part) => change(withTest(main, part ?? undefined), 'takenForTest')}
        />
      )}
      {refused && (
        <p role="alert" className={styles['refused']}>
          <TriangleAlert aria-hidden="true" /> {t(`splits.${refused}`)}
        </p>
      )}
    </>
  );
}

interface HoldingFieldsProps {
  readonly label: string;
  readonly kinds: readonly SplitKind[];
  readonly offer: Offer;
  readonly disabled: boolean;
  /** The preset's part; undefined: nothing is marked. */
  readonly base: Holding | null | undefined;
  /** Nothing may be held out. */
  readonly none?: boolean;
  readonly holding: Holding | null;
  readonly onChange: (holding: Holding | null) => void;
}

const mainOf = ({ test: _test, ...main }: SplitChoice): Holding => main;

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
  base,
  none = false,
  holding,
  onChange,
}: HoldingFieldsProps) {
  const { t, i18n } = useTranslation();
  const words = useCorpusWords();
  const kind = holding && splitKind(holding);
  const valueOf = (one: Holding | null): string =>
    one === null ? NO_TEST : oneByOne(splitKind(one), offer) ? splitText(one) : one.kind;
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
    return say(t, `splits.${id}.value`, name, inWords(optionsOf(one)));
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
  const choices = Object.fromEntries(
    Object.entries(values).map(([key, list]) => [
      key,
      list.map((value) => ({
        value,
        label: key === 'column' ? words.column(value) : key === 'name' ? publishedName(value) : value,
      })),
    ]),
  );
  return (
    <>
      <SelectField
        label={label}
        disabled={disabled}
        changed={base !== undefined && valueOf(base) !== valueOf(holding) && (() => onChange(base))}
        value={valueOf(holding)}
        onChange={(value) => onChange(offered.find((one) => valueOf(one) === value) ?? null)}
        options={options}
        {...(none && holding ? { hint: t('splits.testNote') } : {})}
      />
      {holding && kind && !oneByOne(kind, offer) && (
        <OptionFields
          fields={limited(kind, optionsOf(holding))}
          words={splitWords(i18n, none)}
          values={optionsOf(holding)}
          base={base === undefined ? null : base?.kind === holding.kind ? optionsOf(base) : undefined}
          disabled={disabled}
          choices={choices}
          onChange={(key, value) => onChange(fitting(kind, { ...holding, [key]: value }, offer))}
        />
      )}
    </>
  );
}

/** Published splits by their names. */
const inWords = (options: Values<Fields>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(options).map(([key, value]) => [
      key,
      key === 'name' ? publishedName(String(value)) : String(value),
    ]),
  );

type Choices = Readonly<Record<string, readonly string[]>>;

function optionsOf(holding: Holding): Readonly<Record<string, string | number>> {
  const { fields } = splitKind(holding);
  return Object.fromEntries(Object.entries(holding).filter(([key]) => Object.hasOwn(fields, key)));
}

/** The options, each with the largest number that it may have beside the others. */
function limited(kind: SplitKind, options: Values<Fields>): Fields {
  const most: Readonly<Record<string, number | undefined>> = kind.most?.(options) ?? {};
  return Object.fromEntries(
    Object.entries(kind.fields).map(([key, field]) => {
      const max = most[key];
      return [key, field.kind === 'number' && max !== undefined ? { ...field, max } : field];
    }),
  );
}

/** A value of another column gives way to the first of the new one, a number too large to the largest. */
function fitting(kind: SplitKind, changed: Holding, offer: Offer): Holding {
  const most = Object.entries(kind.most?.(optionsOf(changed)) ?? {});
  const holding = {
    ...changed,
    ...Object.fromEntries(most.map(([key, max]) => [key, Math.min(Number(optionsOf(changed)[key]), max!)])),
  };
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
