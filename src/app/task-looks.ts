/** Tells the page's looks (ui/tasks.ts) which tasks the configurations that come up have. */
import { useDraft } from '../state/draft';
import { useLibrary } from '../state/runs/library';
import { useRun } from '../state/run/run';
import { noteTasks } from '../ui/tasks';

/** Once, by the page's entry; before anything is drawn. The draft and the run shown count last. */
export function watchTaskLooks(): void {
  const note = (): void => {
    for (const { config } of useLibrary.getState().entries) noteTasks(config.tasks);
    noteTasks(useDraft.getState().config.tasks);
    noteTasks(useRun.getState().view?.config.tasks ?? []);
  };
  note();
  useLibrary.subscribe((now, before) => {
    if (now.entries !== before.entries) note();
  });
  useDraft.subscribe((now, before) => {
    if (now.config.tasks !== before.config.tasks) note();
  });
  useRun.subscribe((now, before) => {
    if (now.view?.config.tasks !== before.view?.config.tasks) note();
  });
}
