/** Gathers what a report of chosen runs is made of. */
import { corpora, runs } from '../clients/shelf';
import { completeQuery } from '../core/export/config-file';
import type { ReportRun } from '../core/export/report/types';
import { useLibrary } from './library';

/**
 * @param ids in the order in which the report names them  @param page the address of this page, for the links
 * @param demoName what the demo corpus is called
 */
export async function reportRuns(ids: readonly string[], page: string, demoName: string): Promise<readonly ReportRun[]> {
  const entries = ids.flatMap((id) => useLibrary.getState().entries.find((entry) => entry.id === id) ?? []);
  return Promise.all(entries.map(async (entry): Promise<ReportRun> => {
    const [{ epochs }, corpus] = await Promise.all([runs.facts(entry.id), corpora.get(entry.corpusId)]);
    const { id, name, config, classes, state, backend, softwareVersion, createdAt, corpusId } = entry;
    const query = completeQuery(config);
    return {
      id, name, config, classes, state, backend, softwareVersion, createdAt, corpusId, epochs,
      corpusName: config.corpus.kind === 'demo' ? demoName : corpus?.name || config.corpus.name,
      link: query === null ? null : `${page}#/train${query === '' ? '' : `?${query}`}`,
    };
  }));
}
