/** What a corpus that was opened before is read from: the handle of its folder or its zip file. */
import type { FolderSource } from '../../core/protocol/contracts/corpus';

/** What is remembered of a corpus, to find it again: its folder, or the zip file it lies in. */
export type CorpusHandle = FileSystemDirectoryHandle | FileSystemFileHandle;

/** @throws DOMException where the file is gone, or may not be read */
export const sourceOf = async (handle: CorpusHandle): Promise<FolderSource> =>
  handle.kind === 'file' ? { kind: 'zip', file: await handle.getFile() } : { kind: 'handle', handle };
