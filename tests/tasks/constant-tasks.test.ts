/** Tasks that are taken out where there is nothing to learn of them, and what is offered beside the run's. */
import { describe, expect, it } from 'vitest';
import { offeredTasks, sifted } from '../../src/core/tasks/constant-tasks';
import { PAPER_TASKS } from '../../src/core/tasks/presets';
import { taskIds, type TaskSpec } from '../../src/core/tasks/types';

const [emotion, speaker, gender] = PAPER_TASKS as readonly [TaskSpec, TaskSpec, TaskSpec];
const valence: TaskSpec = {
  id: 'valence',
  kind: 'number',
  column: 'valence',
  loss: { id: 'mse' },
  slot: 3,
};
const lacking =
  (...ids: readonly string[]) =>
  ({ id }: TaskSpec) =>
    ids.includes(id);

describe('tasks of which there is nothing to learn', () => {
  it('are taken out, whoever’s they are, and come back to their places', () => {
    const all = [emotion, valence, speaker, gender];
    const first = sifted(all, [], lacking('speaker'))!;
    expect(taskIds(first)).toEqual(['emotion', 'valence', 'gender']);
    // Another corpus, which lacks two others.
    const second = sifted(first.tasks, first.off, lacking('valence', 'gender'))!;
    expect(taskIds(second)).toEqual(['emotion', 'speaker']);
    expect(second.off.map(({ task, place }) => [task.id, place])).toEqual([
      ['valence', 1],
      ['gender', 3],
    ]);
    expect(sifted(second.tasks, second.off, lacking())).toEqual({ tasks: all, off: [] });
  });
  it('stay where nothing else would be left', () => {
    expect(sifted([gender], [], lacking('gender'))).toBeNull();
  });
  it('are not doubled where the user has switched one on again', () => {
    const { off } = sifted([emotion, gender], [], lacking('gender'))!;
    expect(sifted([emotion, gender], off, lacking('gender'))!.off).toEqual(off);
    expect(taskIds(sifted([emotion, gender], off, lacking())!)).toEqual(['emotion', 'gender']);
  });
});

describe('tasks that are offered', () => {
  const columns = (...ids: readonly string[]) => ids.map((id) => ({ id, kind: 'classes' as const }));
  it('are the usual ones that the corpus has columns for, in their order, as the run has them', () => {
    const own = { ...gender, slot: 7 };
    expect(offeredTasks([own], PAPER_TASKS, columns('emotion', 'gender', 'text'))).toEqual([emotion, own]);
  });
  it('and the run’s own, also where the corpus lacks them', () => {
    expect(taskIds({ tasks: offeredTasks([valence, speaker], PAPER_TASKS, columns('emotion')) })).toEqual([
      'emotion',
      'speaker',
      'valence',
    ]);
  });
  it('are none that the corpus has under that name as something else', () => {
    expect(offeredTasks([speaker], PAPER_TASKS, [{ id: 'emotion', kind: 'number' }])).toEqual([speaker]);
  });
});
