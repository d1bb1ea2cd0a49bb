/**
 * The IEMOCAP adapter on folders on disk: the project's own, clean and damaged, and - where the generator is
 * at hand beside the checkout - one made of real speech. Expectations come from what wrote the folder, not
 * from the adapter.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { labelByVote, parseEvaluation } from '../../src/core/corpus/iemocap/labels';
import { scanIemocap } from '../support/scan-iemocap';
import { summarise } from '../../src/core/corpus/summary';
import type { CorpusManifest } from '../../src/core/corpus/types';
import { writeDemoFolder, type Expected } from '../support/demo-folder';
import { nodeDirectory } from '../support/node-directory';

const temporary = mkdtempSync(join(tmpdir(), 'equipoise-corpus-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const GENERATOR = resolve(import.meta.dirname, '../../../shared/tools/make-iemocap-layout.mjs');

function expectClean(manifest: CorpusManifest, { clean }: Expected): void {
  const summary = summarise(manifest, 'iemocap-4');
  expect(manifest.problems).toEqual([]);
  expect(manifest.utterances).toHaveLength(clean.utterances);
  expect(summary.byLabel).toEqual(clean.byEmotion);
  expect(summary.utterances).toBe(clean.iemocap4);
  const bySpeaker: Record<string, number> = {};
  for (const { groups } of manifest.utterances) {
    const speaker = groups['speaker']!;
    bySpeaker[speaker] = (bySpeaker[speaker] ?? 0) + 1;
  }
  expect(bySpeaker).toEqual(clean.bySpeaker);
}

function expectDirty({ utterances, problems }: CorpusManifest, { clean, dirty }: Expected): void {
  const ids = (code: string): string[] =>
    problems
      .filter((problem) => problem.code === code)
      .map(({ where }) =>
        where
          .split('/')
          .at(-1)!
          .replace(/\.wav$/, ''),
      )
      .sort();
  expect(ids('hidden-file')).toHaveLength(dirty!.ignoredHidden);
  expect(ids('unlabelled-audio')).toEqual(dirty!.unlabelledAudio);
  expect(ids('missing-audio')).toEqual(dirty!.missingAudio);
  expect(ids('unreadable-audio')).toEqual(dirty!.unreadableAudio);
  expect(ids('truncated-audio')).toEqual(dirty!.truncatedAudio);
  expect(ids('bad-label-line')).toHaveLength(dirty!.badLabelLines);
  expect(utterances).toHaveLength(
    clean.utterances - dirty!.missingAudio.length - dirty!.unreadableAudio.length,
  );
  expect(problems).toHaveLength(
    dirty!.ignoredHidden +
      dirty!.badLabelLines +
      dirty!.unlabelledAudio.length +
      dirty!.missingAudio.length +
      dirty!.unreadableAudio.length +
      dirty!.truncatedAudio.length,
  );
}

describe('the synthetic folder', () => {
  it('is read as it was written', async () => {
    const folder = join(temporary, 'synthetic');
    const expected = writeDemoFolder(folder, { seed: 3, difficulty: 0.5 });
    expectClean(await scanIemocap(nodeDirectory(folder)), expected);
  });

  it('is read with everything that is wrong with it', async () => {
    const folder = join(temporary, 'synthetic-dirty');
    const expected = writeDemoFolder(folder, { seed: 3, difficulty: 0.5, dirty: true });
    expectDirty(await scanIemocap(nodeDirectory(folder)), expected);
  });
});

describe('the folder of real speech', () => {
  beforeEach(({ skip }) =>
    skip(
      !existsSync(GENERATOR),
      'the generator of real speech is not beside this checkout (../shared/tools/make-iemocap-layout.mjs)',
    ),
  );

  const make = (name: string, ...options: string[]): { folder: string; expected: Expected } => {
    const folder = join(temporary, name);
    execFileSync(process.execPath, [GENERATOR, folder, ...options], { stdio: 'pipe' });
    return { folder, expected: JSON.parse(readFileSync(join(folder, 'EXPECTED.json'), 'utf8')) as Expected };
  };

  it('is read as it was written, and its labels follow from its votes', async () => {
    const { folder, expected } = make('real');
    expectClean(await scanIemocap(nodeDirectory(folder)), expected);
    const text = readFileSync(join(folder, 'Session1/dialog/EmoEvaluation/Ses01F_impro01.txt'), 'latin1');
    const { lines } = parseEvaluation(text);
    expect(lines.length).toBeGreaterThan(30);
    expect(lines.map(({ votes }) => labelByVote(votes))).toEqual(lines.map(({ label }) => label));
  });

  it('is read with everything that is wrong with it', async () => {
    const { folder, expected } = make('real-dirty', '--dirty');
    expectDirty(await scanIemocap(nodeDirectory(folder)), expected);
  });

  it('is read from the folder around it and one session at a time', async () => {
    const { expected } = make('around/real');
    expectClean(await scanIemocap(nodeDirectory(join(temporary, 'around'))), expected);
    const { utterances } = await scanIemocap(nodeDirectory(join(temporary, 'around/real/Session3')));
    expect(utterances).toHaveLength(
      expected.clean.bySpeaker['Ses03F']! + expected.clean.bySpeaker['Ses03M']!,
    );
  });
});
