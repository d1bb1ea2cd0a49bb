/**
 * What the Compare screen shows of the stored runs, as values, and as the query of a link
 * (`#/compare?metric=loss&at=last`) and back. Only what departs from the default is written. The same text
 * keeps the choices over a reload.
 */
import { ConfigError, toWire, type WireError } from '../errors/errors';
import { repeatedKeys, unknownKeys } from '../config/link-problems';
import { decodedAgain, readQuery, writeQuery } from '../config/query';
import { primaryMetric } from '../tasks/metrics/registry';
import { TASK_ID, type TaskId } from '../tasks/types';
import { CLASS_MEASURES, type ClassMeasure } from './by-class';
import { comparedTasks } from './compared-tasks';
import { OVER, type Over, type RunGroup } from './groups';
import { PARTS, type Part } from './part';
import { METRICS, NUMBER_METRICS, type MetricId, type Moment, type Reading, type Side } from './values';

export interface CompareChoice {
  readonly metric: MetricId;
  /** The same for tasks that predict a number. */
  readonly number: MetricId;
  readonly side: Side;
  readonly moment: Moment;
  /** Rows of the table: recipes with their mean over seeds, or single runs. */
  readonly rows: 'groups' | 'runs';
  /** What a recipe's runs are averaged over: seeds, or seeds and the folds of its split. */
  readonly over: Over;
  /** Columns of the table: only the settings that differ. */
  readonly onlyDiffering: boolean;
  readonly filter: string;
  /** Ids of the runs that the whole screen is about, or their beginnings; null: all that are stored. */
  readonly only: readonly string[] | null;
  /** What those are called together: a sweep's name; empty without one. */
  readonly title: string;
  /** Keys of groups that the user took out of the comparison; the others are in it. */
  readonly left: readonly string[];
  /** Key of the group that others are measured against; null: the unweighted sum, where there is one. */
  readonly baseline: string | null;
  /**
   * Keys of the groups whose curves are drawn; null: the first of those compared, as many as can be told
   * apart.
   */
  readonly drawn: readonly string[] | null;
  /** Tasks of the Pareto view, across and up; null: two that all have. */
  readonly across: TaskId | null;
  readonly up: TaskId | null;
  /** Two runs side by side; null: two that suit. */
  readonly first: string | null;
  readonly second: string | null;
  /** On which utterances these two are tested; validation where one of them has no test part. */
  readonly part: Part;
  /** Of the matrices and the table by class. */
  readonly task: TaskId | null;
  readonly measure: ClassMeasure;
}

export const DEFAULT_CHOICE: CompareChoice = {
  metric: primaryMetric('classes').id,
  number: primaryMetric('number').id,
  side: 'validation',
  moment: 'best',
  rows: 'groups',
  over: 'seeds',
  onlyDiffering: true,
  filter: '',
  only: null,
  title: '',
  left: [],
  baseline: null,
  drawn: null,
  across: null,
  up: null,
  first: null,
  second: null,
  part: 'validation',
  task: null,
  measure: 'recall',
};

/** How scores are read unless the user says otherwise. */
export const DEFAULT_READING: Reading = {
  metric: DEFAULT_CHOICE.metric,
  number: DEFAULT_CHOICE.number,
  side: DEFAULT_CHOICE.side,
  moment: DEFAULT_CHOICE.moment,
};

export const MAX_FILTER = 80;
const MAX_TITLE = 120;

interface Field {
  readonly key: string;
  /** Null: the default, not worth a word. */
  readonly write: (choice: CompareChoice) => string | null;
  /** Null: not understood. */
  readonly read: (text: string) => Partial<CompareChoice> | null;
}

type Named<V> = {
  readonly [K in keyof CompareChoice]-?: CompareChoice[K] extends V ? K : never;
}[keyof CompareChoice];

/** One of a few words. */
function words(key: string, field: Named<string | null>, known: readonly string[]): Field {
  return {
    key,
    write: (choice) => (choice[field] === DEFAULT_CHOICE[field] ? null : choice[field]),
    read: (text) => (known.includes(text) ? { [field]: text } : null),
  };
}

const GROUP = /^[0-9a-f]{16}$/;
const RUN = /^[\w-]{1,64}$/;

type Called = 'baseline' | 'first' | 'second' | 'across' | 'up' | 'task';

/** What runs, recipes and tasks go by: whether there is one of that name shows when it is looked for. */
function name(key: string, field: Called, form: RegExp): Field {
  return {
    key,
    write: (choice) => choice[field],
    read: (text) => (form.test(text) ? { [field]: text } : null),
  };
}

/** Keys of groups, separated by commas. */
function groupKeys(key: string, field: 'left' | 'drawn'): Field {
  return {
    key,
    write: (choice) =>
      choice[field] === null || (field === 'left' && choice[field].length === 0)
        ? null
        : choice[field].join(','),
    read: (text) => {
      const keys = text === '' ? [] : text.split(',');
      return keys.every((one) => GROUP.test(one)) ? { [field]: [...new Set(keys)] } : null;
    },
  };
}

/**
 * Digits of a run's id in a link: enough to tell apart what one browser keeps, short enough for a sweep in
 * one link.
 */
const ID_DIGITS = 8;

const FIELDS: readonly Field[] = [
  words('metric', 'metric', METRICS),
  words('number', 'number', NUMBER_METRICS),
  words('side', 'side', ['train', 'validation']),
  {
    key: 'at',
    write: ({ moment }) => (moment === DEFAULT_CHOICE.moment ? null : String(moment)),
    read: (text) =>
      text === 'best' || text === 'last'
        ? { moment: text }
        : /^[1-9]\d{0,6}$/.test(text)
          ? { moment: Number(text) }
          : null,
  },
  words('rows', 'rows', ['groups', 'runs']),
  words('over', 'over', OVER),
  {
    key: 'settings',
    write: ({ onlyDiffering }) => (onlyDiffering ? null : 'all'),
    read: (text) => (text === 'all' || text === 'differing' ? { onlyDiffering: text === 'differing' } : null),
  },
  {
    key: 'filter',
    write: ({ filter }) => filter || null,
    read: (text) => (text.length <= MAX_FILTER ? { filter: text } : null),
  },
  {
    key: 'only',
    write: ({ only }) => only && only.map((id) => id.slice(0, ID_DIGITS)).join(','),
    read: (text) => {
      const ids = text.split(',');
      return ids.every((id) => RUN.test(id)) ? { only: [...new Set(ids)] } : null;
    },
  },
  {
    key: 'title',
    write: ({ title }) => title || null,
    read: (text) => (text.length <= MAX_TITLE ? { title: text } : null),
  },
  name('baseline', 'baseline', GROUP),
  groupKeys('without', 'left'),
  groupKeys('curves', 'drawn'),
  name('x', 'across', TASK_ID),
  name('y', 'up', TASK_ID),
  name('first', 'first', RUN),
  name('second', 'second', RUN),
  words('part', 'part', PARTS),
  name('task', 'task', TASK_ID),
  words('measure', 'measure', CLASS_MEASURES),
];

/**
 * What the screen is about becomes these runs; which recipes were left out, drawn or looked at is chosen
 * anew, how they are read stays.
 */
export const onlyRuns = (only: readonly string[] | null, title = ''): Partial<CompareChoice> => ({
  only: only && only.length > 0 ? only : null,
  title: title.slice(0, MAX_TITLE),
  filter: '',
  left: [],
  baseline: null,
  drawn: null,
  first: null,
  second: null,
});

/** The runs that the choice is about, and how many of those it names are not among them. */
export function chosenRuns<R extends { readonly id: string }>(
  runs: readonly R[],
  only: readonly string[] | null,
): { readonly runs: readonly R[]; readonly missing: number } {
  if (only === null) return { runs, missing: 0 };
  const chosen = runs.filter(({ id }) => only.some((start) => id.startsWith(start)));
  return {
    runs: chosen,
    missing: only.filter((start) => !chosen.some(({ id }) => id.startsWith(start))).length,
  };
}

/** The query (without `?`) that {@link choiceFromQuery} turns into the same choice; empty for the default. */
export const choiceToQuery = (choice: CompareChoice): string =>
  writeQuery(
    FIELDS.flatMap(({ key, write }) => {
      const text = write(choice);
      return text === null ? [] : [[key, text] as const];
    }),
  );

/** What a link to a comparison may carry. */
const CHOICE_KEYS: readonly string[] = FIELDS.map(({ key }) => key);

/**
 * @returns the default with what was understood, and one problem for each value that was not and each name
 * that means nothing
 */
export function choiceFromQuery(query: string): {
  readonly choice: CompareChoice;
  readonly problems: readonly WireError[];
} {
  const given = readQuery(query);
  const problems: WireError[] = [];
  const patches = FIELDS.flatMap(({ key, read }): Partial<CompareChoice>[] => {
    const text = given.get(key);
    if (text === undefined) return [];
    const again = decodedAgain(text);
    const patch = read(text) ?? (again === null ? null : read(again));
    if (patch) return [patch];
    problems.push(refused(key, text.slice(0, 60)));
    return [];
  });
  return {
    choice: Object.assign({}, DEFAULT_CHOICE, ...patches) as CompareChoice,
    problems: [
      ...problems,
      ...repeatedKeys(query, CHOICE_KEYS),
      ...unknownKeys([...given.keys()], CHOICE_KEYS),
    ],
  };
}

const refused = (key: string, value: string): WireError =>
  toWire(new ConfigError('bad-choice', { key, value }));

/**
 * Choices that name what is not stored here: a run that was deleted, or somebody else's, or a task that no recipe
 * has. They have no effect.
 */
export function strangers(
  choice: CompareChoice,
  groups: readonly RunGroup[],
): {
  readonly recipes: readonly string[];
  readonly runs: readonly string[];
  readonly tasks: readonly TaskId[];
} {
  const tasks = comparedTasks(groups.map(({ config }) => config));
  const [keys, ids] = [
    new Set(groups.map(({ key }) => key)),
    new Set(groups.flatMap(({ runs }) => runs.map(({ id }) => id))),
  ];
  return {
    recipes: [...new Set([choice.baseline ?? [], choice.left, choice.drawn ?? []].flat())].filter(
      (key) => !keys.has(key),
    ),
    runs: [choice.first ?? [], choice.second ?? []].flat().filter((id) => !ids.has(id)),
    tasks: [...new Set([choice.across ?? [], choice.up ?? [], choice.task ?? []].flat())].filter(
      (task) => !tasks.includes(task),
    ),
  };
}

/** The choice without them. */
export function withoutStrangers(choice: CompareChoice, groups: readonly RunGroup[]): CompareChoice {
  const { recipes, runs, tasks } = strangers(choice, groups);
  const kept = (id: string | null): string | null =>
    id !== null && (recipes.includes(id) || runs.includes(id)) ? null : id;
  const known = (task: TaskId | null): TaskId | null => (task !== null && tasks.includes(task) ? null : task);
  const drawn = choice.drawn?.filter((key) => !recipes.includes(key)) ?? null;
  return {
    ...choice,
    baseline: kept(choice.baseline),
    first: kept(choice.first),
    second: kept(choice.second),
    across: known(choice.across),
    up: known(choice.up),
    task: known(choice.task),
    left: choice.left.filter((key) => !recipes.includes(key)),
    drawn: choice.drawn !== null && choice.drawn.length > 0 && drawn?.length === 0 ? null : drawn,
  };
}
