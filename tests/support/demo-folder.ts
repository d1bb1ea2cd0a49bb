/**
 * The demo corpus as a real folder on disk, clean or with the junk and the damage that copies of the release
 * have, and an EXPECTED.json that says what a loader must report. What it expects is counted from the text it
 * writes, without the adapter under test.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { demoCorpus, type DemoOptions } from '../../src/core/synth/demo-corpus';

export interface Expected {
  readonly clean: {
    readonly utterances: number;
    readonly byEmotion: Readonly<Record<string, number>>;
    readonly bySpeaker: Readonly<Record<string, number>>;
    /** Utterances labelled ang, hap, neu or sad. */
    readonly iemocap4: number;
  };
  readonly dirty?: {
    readonly ignoredHidden: number;
    readonly unlabelledAudio: readonly string[];
    readonly missingAudio: readonly string[];
    readonly unreadableAudio: readonly string[];
    readonly truncatedAudio: readonly string[];
    readonly badLabelLines: number;
  };
}

/** Replaces `out` by a freshly written corpus folder. */
export function writeDemoFolder(
  out: string,
  { dirty = false, ...options }: DemoOptions & { readonly dirty?: boolean },
): Expected {
  rmSync(out, { recursive: true, force: true });
  const put = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), content);
  };
  const labels: { id: string; label: string }[] = [];
  for (const { path, bytes } of demoCorpus(options)) {
    put(path, bytes);
    const [, folder, dialog] = /^(.*EmoEvaluation)\/(.*)\.txt$/.exec(path) ?? [];
    if (!folder) continue;
    for (const line of Buffer.from(bytes).toString('latin1').split('\n')) {
      const [, id, label] = line.startsWith('[') ? line.split('\t') : [];
      if (id && label) labels.push({ id, label });
    }
    // Files of single evaluators, in another grammar: they must not be read as labels.
    put(`${folder}/Categorical/${dialog}_e2_cat.txt`, `${dialog}_F000 :Neutral state; ()\n`);
    put(`${folder}/Attribute/${dialog}_e3_atr.txt`, `${dialog}_F000 :act 4; :val 3; :dom 2; ()\n`);
  }
  const expected: Expected = {
    clean: {
      utterances: labels.length,
      byEmotion: tally(labels.map(({ label }) => label)),
      bySpeaker: tally(labels.map(({ id }) => id.slice(0, 5) + id.at(-4)!)),
      iemocap4: labels.filter(({ label }) => ['ang', 'hap', 'neu', 'sad'].includes(label)).length,
    },
    ...(dirty ? { dirty: damage(out) } : {}),
  };
  put('EXPECTED.json', `${JSON.stringify(expected, null, 1)}\n`);
  return expected;
}

/** Does to a written folder what bad copies and file systems do. */
function damage(out: string): NonNullable<Expected['dirty']> {
  const wav = join(out, 'Session1', 'sentences', 'wav', 'Ses01F_impro01');
  const evaluation = join(out, 'Session1', 'dialog', 'EmoEvaluation');
  const appleDouble = Buffer.concat([Buffer.from([0, 5, 0x16, 7, 0, 2, 0, 0]), Buffer.alloc(74)]);
  writeFileSync(join(wav, '._Ses01F_impro01_F000.wav'), appleDouble);
  writeFileSync(join(evaluation, '._Ses01F_impro01.txt'), appleDouble);
  writeFileSync(join(out, '.DS_Store'), appleDouble);
  const sound = readFileSync(join(wav, 'Ses01F_impro01_F001.wav'));
  writeFileSync(join(wav, 'Ses01F_impro01_FXX0.wav'), sound); // no label: normal
  writeFileSync(join(wav, 'Ses01F_impro01_F001.wav'), sound.subarray(0, 44 + 9000)); // cut off
  writeFileSync(join(wav, 'Ses01F_impro01_F002.wav'), ''); // empty
  writeFileSync(join(wav, 'Ses01F_impro01_F003.wav'), '<html>404 Not Found</html>'); // a download that failed
  writeFileSync(
    join(wav, 'Ses01F_impro01_M000.wav'),
    Buffer.concat([sound.subarray(0, 40), Buffer.alloc(4)]),
  ); // no samples
  rmSync(join(wav, 'Ses01F_impro01_M001.wav')); // labelled, not there
  writeFileSync(
    join(evaluation, 'Ses01F_impro01.txt'),
    '[1.0000 - 2.0000]\tSes01F_impro01_F900\tneu\t[broken\n',
    { flag: 'a' },
  );
  return {
    ignoredHidden: 3,
    unlabelledAudio: ['Ses01F_impro01_FXX0'],
    missingAudio: ['Ses01F_impro01_M001'],
    unreadableAudio: ['Ses01F_impro01_F002', 'Ses01F_impro01_F003', 'Ses01F_impro01_M000'],
    truncatedAudio: ['Ses01F_impro01_F001'],
    badLabelLines: 1,
  };
}

function tally(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
