/**
 * What is said in IEMOCAP: `dialog/transcriptions/<dialog>.txt`, a line an utterance,
 * `Ses01F_impro01_F000 [006.2901-008.2357]: Excuse me.` The release has 152 more lines without a name and 48 of
 * recordings that nobody labelled. For display alone: nothing depends on it.
 */
import { throwIfCancelled, type CancelSignal } from '../../progress';
import { child, isFatal, isFile, listChild, messageOf, quiet, type Report } from '../listing';
import { tableText } from '../tables/table-text';
import type { CorpusFile } from '../types';
import { isLabelName } from './file-names';
import type { Session } from './find-sessions';

const LINE = /^\s*(Ses0\d[FM]_\w+_[FM]\w{3}) *\[ *\d+\.\d+ *- *\d+\.\d+ *\] ?:[ \t]*(.*?)\s*$/;
/** More than any of the release by far. */
const LARGEST = 2 ** 20;

/** Texts by utterance; the first of two counts. */
export function parseTranscription(text: string): Map<string, string> {
  const said = new Map<string, string>();
  for (const line of text.split(/\r\n?|\n/)) {
    const [, id, words] = LINE.exec(line) ?? [];
    if (id !== undefined && words !== '' && !said.has(id)) said.set(id, words!);
  }
  return said;
}

/** @throws CancelledError, and what isFatal */
export async function readTranscripts(
  sessions: readonly Session[],
  report: Report,
  signal: CancelSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const { path, file } of await transcriptFiles(sessions)) {
    throwIfCancelled(signal, 'scan');
    for (const [id, words] of parseTranscription(await textOf(file, path, report)))
      if (!texts.has(id)) texts.set(id, words);
  }
  return texts;
}

async function transcriptFiles(
  sessions: readonly Session[],
): Promise<{ readonly path: string; readonly file: CorpusFile }[]> {
  const found: { readonly path: string; readonly file: CorpusFile }[] = [];
  for (const session of sessions) {
    const dialog = child(session.entries, 'dialog');
    const listed = dialog && (await listChild(session, dialog, quiet));
    const folder = listed && child(listed.entries, 'transcriptions');
    // Where the folders are gone, a transcription has the name of its label file.
    for (const { entries, prefix } of folder
      ? [await listChild(listed, folder, quiet)]
      : (session.loose ?? []))
      for (const file of entries)
        if (isFile(file) && isLabelName(file.name)) found.push({ path: prefix + file.name, file });
  }
  return found;
}

async function textOf(file: CorpusFile, path: string, report: Report): Promise<string> {
  try {
    const size = await file.size();
    const text = size > LARGEST ? null : (tableText(await file.bytes(0, size))?.text ?? null);
    if (text !== null) return text;
    report('unreadable-text', path, { key: 'notText' }, { kept: true });
  } catch (error) {
    if (isFatal(error)) throw error;
    report(
      'unreadable-text',
      path,
      { key: 'cannotRead', values: { message: messageOf(error) } },
      { kept: true },
    );
  }
  return '';
}
