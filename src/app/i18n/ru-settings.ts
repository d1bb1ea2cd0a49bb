/** Russian names of a configuration's fields; see en-settings.ts. */
export const ruSettings = {
  names: {
    version: 'Версия', strategy: 'Стратегия', split: 'Разбиение', features: 'Спектрограмма', adam: 'Adam', instruments: 'Измерение градиентов', initialWeights: 'Начальные веса', origin: 'Ответвлён от',
    corpus: 'Корпус', 'corpus-kind': 'Вид корпуса', 'corpus-seed': 'Зерно демокорпуса', 'corpus-difficulty': 'Сложность демокорпуса', 'corpus-id': 'Корпус, отпечаток', 'corpus-name': 'Корпус',
    labelScheme: 'Схема меток', 'split-kind': 'Разбиение', 'split-validationFraction': 'Доля валидации', 'split-session': 'Отложенная сессия',
    'features-sampleRate': 'Частота дискретизации', 'features-nFft': 'Размер БПФ', 'features-hop': 'Шаг окна', 'features-nMels': 'Мел-полос', 'features-fMin': 'Нижняя частота', 'features-fMax': 'Верхняя частота', 'features-melScale': 'Мел-шкала', 'features-padMode': 'Дополнение краёв', 'features-topDb': 'Диапазон, дБ',
    architecture: 'Архитектура', width: 'Ширина', inputSize: 'Вход, пиксели', tasks: 'Задачи', 'strategy-id': 'Стратегия', 'strategy-version': 'Версия формулы', renormalise: 'Веса приведены к сумме T',
    'instruments-every': 'Градиенты измеряются каждые', 'instruments-gradients': 'Где измеряются градиенты', 'adam-learningRate': 'Скорость обучения', 'adam-beta1': 'Adam β₁', 'adam-beta2': 'Adam β₂', 'adam-epsilon': 'Adam ε',
    batchSize: 'Размер пакета', microBatch: 'Примеров одновременно', epochs: 'Эпох, не больше', epochsDone: 'Завершено эпох', patience: 'Эпох без улучшения до остановки', monitor: 'Критерий лучшей эпохи', 'initialWeights-id': 'Начальные веса, SHA-256', 'initialWeights-name': 'Начальные веса',
    'origin-runId': 'Ответвлён от, id', 'origin-name': 'Ответвлён от', 'origin-which': 'Ответвлён в', 'origin-step': 'Ответвлён после шага', 'origin-epoch': 'Ответвлён в эпохе', seed: 'Зерно', backend: 'Бэкенд', workers: 'Рабочие процессы',
  },
  values: { random: 'случайное', session: 'одна сессия', demo: 'демо', folder: 'папка', reflect: 'отражение', constant: 'нули', best: 'лучшей эпохе', last: 'последней эпохе', auto: 'автоматически', own: 'как в файле', none: 'нет', yes: 'да', no: 'нет' },
};
