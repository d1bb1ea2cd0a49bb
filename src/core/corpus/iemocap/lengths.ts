/**
 * Labels carry the times at which an utterance begins and ends, and in the release the audio is exactly that
 * long. A recording of another length is perhaps another recording: files renamed, renumbered, or copied over
 * each other.
 */
import type { Report } from '../listing';

/** Seconds. The release agrees within 0.15 ms; cutting anew by a tool's frames still does within this. */
const TOLERANCE = 0.05;
/** Of fewer utterances nothing is concluded. */
const ENOUGH = 20;

export class Lengths {
  private compared = 0;
  private readonly other: { readonly path: string; readonly labelled: number; readonly heard: number }[] = [];

  /** @param labelled seconds by the label's times  @param heard seconds of audio */
  add(labelled: number, heard: number, path: string): void {
    this.compared++;
    if (!(Math.abs(labelled - heard) <= TOLERANCE)) this.other.push({ path, labelled, heard });
  }

  /**
   * Each recording that differs where most agree; one remark on all where most differ, so that the times mean
   * nothing. @param folder stands for all
   */
  report(folder: string, report: Report): void {
    const { compared, other } = this;
    if (compared < ENOUGH || other.length === 0) return;
    if (other.length * 2 > compared)
      report(
        'length-mismatch',
        folder,
        { key: 'recordings', values: { count: other.length, total: compared } },
        { kept: true },
      );
    else
      for (const { path, labelled, heard } of other) {
        const values = { heard: heard.toFixed(2), labelled: labelled.toFixed(2) };
        report('length-mismatch', path, { key: 'seconds', values }, { kept: true });
      }
  }
}
