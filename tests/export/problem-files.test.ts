/** The problem report as CSV and JSON. */
import { expect, it } from 'vitest';
import type { Problem } from '../../src/core/errors/problem';
import { problemsCsv, problemsJson } from '../../src/core/export/problem-files';

const PROBLEMS: readonly Problem[] = [
  {
    code: 'unreadable-audio',
    where: 'a/x, y.wav',
    detail: 'no',
    kept: false,
    reason: 'not-riff',
    found: 'MP4',
  },
  { code: 'unreadable-audio', where: 'b.wav', detail: 'no', kept: false, reason: 'not-riff', found: 'MP4' },
  {
    code: 'silent-audio',
    where: 'c.wav',
    kept: true,
    said: { key: 'silent-audio', values: { a: 0 } },
  },
];
const hint = ({ code, reason }: Pick<Problem, 'code' | 'reason'>): string => `about ${reason ?? code}`;

it('has a row a problem, with what to do', () => {
  expect(problemsCsv(PROBLEMS, hint).split('\r\n')).toEqual([
    'code,reason,found,where,detail,kept,hint',
    'unreadable-audio,not-riff,MP4,"a/x, y.wav",no,no,about not-riff',
    'unreadable-audio,not-riff,MP4,b.wav,no,no,about not-riff',
    'silent-audio,,,c.wav,every sample is 0,yes,about silent-audio',
    '',
  ]);
});

it('has counts by kind and every problem', () => {
  expect(JSON.parse(problemsJson(PROBLEMS, hint))).toEqual({
    format: 'equipoise-problems',
    version: 1,
    counts: [
      {
        code: 'unreadable-audio',
        reason: 'not-riff',
        found: 'MP4',
        count: 2,
        kept: 0,
        hint: 'about not-riff',
      },
      { code: 'silent-audio', count: 1, kept: 1, hint: 'about silent-audio' },
    ],
    problems: [
      expect.objectContaining({ where: 'a/x, y.wav', hint: 'about not-riff' }),
      expect.objectContaining({ where: 'b.wav' }),
      {
        code: 'silent-audio',
        where: 'c.wav',
        detail: 'every sample is 0',
        kept: true,
        hint: 'about silent-audio',
      },
    ],
  });
});
