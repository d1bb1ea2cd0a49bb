/** Russian of en-screens.ts. */
import type { enScreens } from './en-screens';
import type { Russian } from './shape';

export const ruScreens = {
  strategyGroups: { fixed: { name: 'Постоянные или случайные веса' }, losses: { name: 'Веса по потерям' }, learned: { name: 'Веса обучаются вместе с сетью' }, gradients: { name: 'Веса по градиентам (ещё один обратный проход на задачу)' } },
  facets: {
    corpusHeading: 'Корпус и отличия', note: 'Под корпусом указано то, что не одинаково у всех запусков списка.',
    demo: 'демо {{difficulty}}, зерно {{seed}}', copy: '{{name}} ({{id}})', session: 'отложена сессия {{session}}', random: 'случайное разбиение, {{share}}',
    width: 'ширина {{value}}', inputSize: '{{size}} пикс.', renormalise: 'веса нормированы', notRenormalised: 'веса не нормированы', learningRate: 'скорость обучения {{value}}', adam: 'Adam β {{first}}; {{second}}',
    batchSize: 'пакет {{size}}', epochs_one: '{{count}} эпоха', epochs_few: '{{count}} эпохи', epochs_many: '{{count}} эпох', epochs_other: '{{count}} эпохи',
    patience_one: 'терпение {{count}} эпоха', patience_few: 'терпение {{count}} эпохи', patience_many: 'терпение {{count}} эпох', patience_other: 'терпение {{count}} эпохи',
    monitor: { 'sum-of-task-losses': 'монитор: сумма потерь задач', 'strategy-total': 'монитор: общая потеря стратегии' }, ownWeights: 'новые веса', weights: 'из {{name}}', origin: 'ответвление на шаге {{step}}', seed: 'зерно {{seed}}',
  },
  best: {
    rule: 'Подчёркнуто лучшее значение среди сравнимых запусков: с одним корпусом, метками, разбиением, задачами и монитором.',
    groups_one: 'Все запуски списка сравнимы.', groups_few: 'Запуски списка образуют {{count}} группы сравнимых (столбец «Группа»).', groups_many: 'Запуски списка образуют {{count}} групп сравнимых (столбец «Группа»).', groups_other: 'Запуски списка образуют {{count}} группы сравнимых (столбец «Группа»).',
    alone: 'У запуска, который в своей группе один, ничего не подчёркнуто.', group: 'Группа',
    title_one: 'Лучшее среди {{count}} сравнимого запуска', title_few: 'Лучшее среди {{count}} сравнимых запусков', title_many: 'Лучшее среди {{count}} сравнимых запусков', title_other: 'Лучшее среди {{count}} сравнимых запусков',
    mixed: 'Не все эти рецепты сравнимы: {{groups}} отличаются корпусом, метками, разбиением, задачами или монитором. Лучшее значение подчёркнуто только внутри каждой группы.',
    leftOut_one: '{{count}} рецепт не показан, так как несравним с базовым: {{letters}}.', leftOut_few: '{{count}} рецепта не показаны, так как несравнимы с базовым: {{letters}}.', leftOut_many: '{{count}} рецептов не показано, так как они несравнимы с базовым: {{letters}}.', leftOut_other: '{{count}} рецепта не показаны, так как несравнимы с базовым: {{letters}}.',
  },
  chosen: {
    select: 'Выбрать {{name}}', selectAll: 'Выбрать все запуски',
    compare_one: 'Сравнить выбранные ({{count}})', compare_few: 'Сравнить выбранные ({{count}})', compare_many: 'Сравнить выбранные ({{count}})', compare_other: 'Сравнить выбранные ({{count}})', none: 'Отметьте запуски для сравнения.', unbegun: 'У этого запуска ещё нет законченной эпохи.',
    about_one: 'Сравнивается {{count}} выбранный запуск.', about_few: 'Сравниваются {{count}} выбранных запуска.', about_many: 'Сравниваются {{count}} выбранных запусков.', about_other: 'Сравниваются {{count}} выбранных запуска.',
    aboutTitle_one: 'Сравнивается {{count}} запуск серии «{{title}}».', aboutTitle_few: 'Сравниваются {{count}} запуска серии «{{title}}».', aboutTitle_many: 'Сравниваются {{count}} запусков серии «{{title}}».', aboutTitle_other: 'Сравниваются {{count}} запуска серии «{{title}}».',
    missing_one: 'Ещё {{count}} здесь нет или у него нет законченной эпохи.', missing_few: 'Ещё {{count}} здесь нет или у них нет законченной эпохи.', missing_many: 'Ещё {{count}} здесь нет или у них нет законченной эпохи.', missing_other: 'Ещё {{count}} здесь нет или у них нет законченной эпохи.',
    all_one: 'Сравнить все запуски ({{count}})', all_few: 'Сравнить все запуски ({{count}})', all_many: 'Сравнить все запуски ({{count}})', all_other: 'Сравнить все запуски ({{count}})',
    sweep: 'Сравнить эту серию', sweepNamed: 'Сравнить эту серию: {{name}}', sweepDone: '{{name}}: сделано {{done}} из {{total}}',
  },
  removal: {
    removed: 'Запуск «{{name}}» удалён.', undo: 'Отменить', undoNamed: 'Отменить удаление: {{name}}',
    final_one: 'Это можно отменить в течение {{count}} секунды.', final_few: 'Это можно отменить в течение {{count}} секунд.', final_many: 'Это можно отменить в течение {{count}} секунд.', final_other: 'Это можно отменить в течение {{count}} секунды.',
  },
  verdict: {
    nothing: 'Проверять нечего: у рецептов нет общих зёрен.',
    tooFew_one: 'Различий пока не показать: общих зёрен {{count}}, а нужно {{needed}} (тестов: {{tests}}).', tooFew_few: 'Различий пока не показать: общих зёрен не больше {{count}}, а нужно {{needed}} (тестов: {{tests}}).',
    tooFew_many: 'Различий пока не показать: общих зёрен не больше {{count}}, а нужно {{needed}} (тестов: {{tests}}).', tooFew_other: 'Различий пока не показать: общих зёрен не больше {{count}}, а нужно {{needed}} (тестов: {{tests}}).',
    none: 'Ни одно различие рецептов не подтверждается по зёрнам. Это не доказывает, что они равны.',
    some: 'Подтверждается по зёрнам: {{what}}.', better: '{{letter}} лучше {{baseline}}, задача «{{task}}»', worse: '{{letter}} хуже {{baseline}}, задача «{{task}}»',
    rest_one: 'Ещё для {{count}} теста зёрен не хватает.', rest_few: 'Ещё для {{count}} тестов зёрен не хватает.', rest_many: 'Ещё для {{count}} тестов зёрен не хватает.', rest_other: 'Ещё для {{count}} теста зёрен не хватает.',
  },
  intervals: { beyond: 'шире всей шкалы: зёрен слишком мало', cut: '{{interval}} (обрезано по концу шкалы)' },
} satisfies Russian<typeof enScreens>;
