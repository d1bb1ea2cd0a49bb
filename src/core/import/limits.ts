/**
 * How much an exported run may hold, so that a small zip cannot fill the memory when it is unpacked. Each
 * limit is derived from what a run can be here, and is several times what any real one has; whatever passes
 * it is refused as early as it is seen.
 */
import { RANGES } from '../config/ranges';

/** A run has at most so many epochs. */
const EPOCHS = RANGES.epochs.max;

/**
 * Lines of each text file, the header not counted.
 * - steps: charts are drawn for 100,000; the whole of IEMOCAP at the paper's batch size has 139 an epoch, so
 *   10,000 epochs of it 1.4 million.
 * - metrics: two sides of three tasks an epoch. times: one an epoch.
 * - confusion: two sides an epoch with every cell; ten speakers, four emotions and two genders make 240 rows,
 *   and 10,000 epochs 2.4 million.
 * - log: a few entries an epoch and at most 100,000 changes by hand.
 * - predictions: one a recording of the validation side or the test part; all of IEMOCAP has 10,039.
 */
export const ROW_LIMITS: Readonly<Record<string, number>> = {
  'config.json': Number.POSITIVE_INFINITY,
  'metrics.csv': EPOCHS * 6,
  'times.csv': EPOCHS,
  'steps.csv': 2_000_000,
  'confusion.csv': 4_000_000,
  'test.csv': EPOCHS * 8,
  'test-confusion.csv': 1_000_000,
  'log.csv': 500_000,
  'predictions-best.csv': 1_000_000,
  'predictions-last.csv': 1_000_000,
  'predictions-test.csv': 1_000_000,
};

/** Cells of a row; steps.csv of three tasks has 27. */
export const MOST_COLUMNS = 256;
/** Characters of a cell: the details of a log entry are the longest, with a few strings of 4096. */
export const LONGEST_CELL = 65_536;
/** Characters of a column's name. */
export const LONGEST_NAME = 200;

/** Bytes of config.json: 100,000 changes by hand take about 25 million. */
export const CONFIG_BYTES = 32 * 1024 * 1024;
