/** Which of the paper's tasks stay on when a corpus is opened that lacks a speaker or a gender. */
import { describe, expect, it } from 'vitest';
import { adapterOf } from '../../src/core/corpus/adapters/registry';
import { scanCorpus } from '../../src/core/corpus/scan-corpus';
import { taskIds } from '../../src/core/tasks/types';
import { useCorpus } from '../../src/state/corpus/corpus';
import { watchConstantTasks } from '../../src/state/corpus/task-checks';
import { useDraft } from '../../src/state/draft';
import { memoryDirectory } from '../support/memory-directory';
import { NAMED_CORPORA, someOf, toneOf } from '../support/named-corpora';

watchConstantTasks();

/** Opens a part of a corpus. @returns the tasks that are then on */
async function opened(id: string): Promise<readonly string[]> {
  const folder = Object.fromEntries(someOf(NAMED_CORPORA[id]!, 48).map((path) => [path, toneOf(path)]));
  const manifest = await scanCorpus(memoryDirectory(folder));
  expect(manifest.adapter).toBe(id);
  const corpus = { kind: 'folder' as const, name: id, id: manifest.fingerprint };
  useDraft.getState().set({
    corpus,
    labelScheme: adapterOf(manifest).schemes[0].id,
    split: { kind: 'random', validationFraction: 0.2 },
  });
  useCorpus.setState({ manifest, choice: corpus });
  return taskIds(useDraft.getState().config);
}

describe('the tasks of a corpus', () => {
  it('are those it has a choice in', async () => {
    expect(await opened('emovo')).toEqual(['emotion', 'speaker', 'gender']);
    // One gender; no column of it; no speakers.
    expect(await opened('savee')).toEqual(['emotion', 'speaker']);
    expect(await opened('aesdd')).toEqual(['emotion', 'speaker']);
    expect(await opened('mesd')).toEqual(['emotion', 'gender']);
    expect(await opened('crema-d')).toEqual(['emotion', 'speaker']);
    expect(await opened('nemo')).toEqual(['emotion', 'speaker', 'gender']);
  });
});
