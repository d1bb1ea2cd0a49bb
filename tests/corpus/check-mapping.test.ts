/** What the editor of a table's columns refuses to apply, and what a change of one column does to the others. */
import { expect, it } from 'vitest';
import { mappingFaults, withColumn, withValue } from '../../src/core/corpus/tables/check-mapping';
import { mappedValue, type TableMapping } from '../../src/core/corpus/tables/mapping';

const MAPPING: TableMapping = {
  columns: {
    file: { role: 'audio', id: 'file' },
    emo: { role: 'classes', id: 'emotion', values: { hap: 'happy' } },
    spk: { role: 'classes', id: 'speaker' },
    age: { role: 'number', id: 'age' },
    note: { role: 'ignore', id: 'age' },
  },
  main: 'emo',
};

it('finds nothing wrong with what can be applied: unused columns may have any name', () => {
  expect(mappingFaults(MAPPING)).toEqual([]);
});

it('wants one column of files, at most one of times, and names apart', () => {
  const faults = (header: string, change: Parameters<typeof withColumn>[2]) =>
    mappingFaults(withColumn(MAPPING, header, change));
  expect(faults('file', { role: 'ignore' })).toEqual([{ kind: 'no-audio' }]);
  expect(faults('note', { role: 'audio' })).toEqual([{ kind: 'twice', role: 'audio' }]);
  expect(faults('note', { role: 'group' })).toEqual([{ kind: 'same-name', id: 'age' }]);
  expect(faults('spk', { id: ' ' })).toEqual([{ kind: 'no-name', header: 'spk' }]);
  // A filter has no name that anybody sees.
  expect(faults('note', { role: 'filter' })).toEqual([]);
});

it('takes the labels from another column of classes where theirs is none any more', () => {
  expect(withColumn(MAPPING, 'emo', { role: 'ignore' }).main).toBe('spk');
  expect(withColumn(MAPPING, 'spk', { role: 'ignore' }).main).toBe('emo');
  expect(withColumn(withColumn(MAPPING, 'spk', { role: 'group' }), 'emo', { role: 'group' }).main).toBeNull();
});

it('changes one value, and forgets it where it is as it was', () => {
  const left = withValue(MAPPING, 'emo', 'sad', null);
  expect(left.columns['emo']!.values).toEqual({ hap: 'happy', sad: null });
  expect(mappedValue(left.columns['emo']!, 'sad')).toBeNull();
  expect(withValue(left, 'emo', 'sad', 'sad').columns['emo']!.values).toEqual({ hap: 'happy' });
  expect(withValue(left, 'emo', 'hap', 'joy').columns['emo']!.values).toEqual({ hap: 'joy', sad: null });
  expect(MAPPING.columns['emo']!.values).toEqual({ hap: 'happy' });
});
