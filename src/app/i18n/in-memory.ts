/**
 * What is said otherwise where the browser blocks site data and everything stored is in memory: no sentence
 * promises that it is kept. Loaded only there; the same keys as in the languages themselves, which these take
 * the place of.
 */
import i18n from 'i18next';

export const inMemory = {
  en: {
    help: {
      privacyMore:
        'There is no server and no tracking. Runs are in this page’s memory until it is reloaded or closed.',
    },
    crash: { kept: 'Runs are in this page’s memory: a reload loses them.' },
    runs: {
      note: 'In this page’s memory, with their charts, configuration and checkpoints: gone when it is reloaded or closed. Forks stand under the run they come from.',
      emptyText:
        'A run appears here as soon as it starts, and stays until the page is reloaded or closed. Start with the demo corpus: one press, no set-up.',
    },
    sweep: {
      note: 'Strategies × options × seeds, trained one after the other without you. The queue is in this page’s memory: a reload loses it.',
      reload: 'The queue is in this page’s memory: a reload loses it.',
    },
    report: { made: 'Made {{date}} with Equipoise {{version}}, from runs in one browser.' },
    errors: {
      'worker-not-loaded': {
        hint: 'Start the server again, then try once more. Do not reload the page: it would lose all runs.',
      },
      'worker-garbled': { hint: 'Export the runs that you need, then reload the page: it loses them.' },
      'worker-ended': { hint: 'Start again.' },
      unexpected: {
        hint: 'Export the runs that you need, then reload the page: it loses them. The technical details help to report it.',
      },
      'gave-up': {
        hint: 'Everything up to the last checkpoint is in memory: continue from there, perhaps with another backend.',
      },
    },
  },
  ru: {
    help: {
      privacyMore:
        'Здесь нет ни сервера, ни слежки. Запуски находятся в памяти страницы, пока её не перезагрузят или не закроют.',
    },
    crash: { kept: 'Запуски находятся в памяти страницы: при перезагрузке они пропадут.' },
    runs: {
      note: 'Находятся в памяти этой страницы с графиками, конфигурацией и контрольными точками; при перезагрузке или закрытии пропадут. Ответвления стоят под своим запуском.',
      emptyText:
        'Запуск появляется здесь сразу после начала и остаётся, пока страницу не перезагрузят или не закроют. Начните с демокорпуса: одно нажатие без подготовки.',
    },
    sweep: {
      note: 'Стратегии × параметры × зёрна обучаются по очереди без вас. Очередь находится в памяти этой страницы: при перезагрузке она пропадёт.',
      reload: 'Очередь находится в памяти этой страницы: при перезагрузке она пропадёт.',
    },
    report: { made: 'Составлен {{date}} в Equipoise {{version}} по запускам из одного браузера.' },
    errors: {
      'worker-not-loaded': {
        hint: 'Запустите сервер снова и повторите. Не перезагружайте страницу: все запуски пропадут.',
      },
      'worker-garbled': { hint: 'Выгрузите нужные запуски и перезагрузите страницу: при этом они пропадут.' },
      'worker-ended': { hint: 'Начните снова.' },
      unexpected: {
        hint: 'Выгрузите нужные запуски и перезагрузите страницу: при этом они пропадут. Технические подробности помогут сообщить об ошибке.',
      },
      'gave-up': {
        hint: 'Всё до последней контрольной точки — в памяти: продолжите с неё, возможно, с другим бэкендом.',
      },
    },
  },
};

/** From here on these sentences stand in place of the usual ones. */
export function speakOfMemory(): void {
  for (const [language, texts] of Object.entries(inMemory))
    i18n.addResourceBundle(language, 'translation', texts, true, true);
}
