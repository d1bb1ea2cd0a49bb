/** A part of a recording as a file of a corpus, so that a scan probes it as it probes a whole one. */
import { cutByTime, type Cut, type Stretch } from '../audio/cut';
import type { CorpusFile } from './types';

export interface PartOfFile extends CorpusFile {
  /** Where the part lies; known once the file was read. @throws as {@link cutByTime} */
  cut(): Promise<Cut>;
}

/** Nothing is read before it is asked for; the file's header is then read once. */
export function partOfFile(file: CorpusFile, stretch: Stretch): PartOfFile {
  const read = (start: number, end: number): Promise<Uint8Array> => file.bytes(start, end);
  let found: Promise<Cut> | undefined;
  const cut = (): Promise<Cut> => (found ??= file.size().then((size) => cutByTime(read, size, stretch)));
  return {
    kind: 'file',
    name: file.name,
    cut,
    size: async () => {
      const { header, from, to } = await cut();
      return header.length + to - from;
    },
    bytes: async (start, end) => {
      const { header, from, to } = await cut();
      const inside = (at: number): number => Math.min(to, from + Math.max(0, at - header.length));
      const head = header.subarray(start, end);
      if (end <= header.length) return head;
      const samples = await read(inside(start), inside(end));
      const bytes = new Uint8Array(head.length + samples.length);
      bytes.set(head);
      bytes.set(samples, head.length);
      return bytes;
    },
  };
}
