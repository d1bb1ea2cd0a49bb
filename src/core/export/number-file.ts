/** A number's picture as CSV: a row a point, then a row a part of the calibration. */
import type { NumberPicture } from '../tasks/metrics/picture';
import { toCsv } from './csv';

export const numberPictureFile = ({ points, bins }: NumberPicture): string =>
  toCsv(
    ['what', 'true', 'predicted', 'count'],
    [
      ...points.map(([truth, predicted]) => ['utterance', truth, predicted, 1]),
      ...bins.map(({ truth, predicted, count }) => ['calibration', truth, predicted, count]),
    ],
  );
