/** The files of a confusion matrix: its counts, and the picture as SVG or PNG. */
import { EllipsisVertical, FileCode, FileSpreadsheet, Image } from 'lucide-react';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { toCsv } from '../../core/export/csv';
import type { ConfusionMatrix } from '../../core/tasks/metrics/types';
import { IconButton } from '../controls/button';
import { download } from '../download';
import { useFormat } from '../text/format';
import { ActionMenu } from '../controls/overlay';
import { toast } from '../controls/toast';
import { ChartCaption } from './caption';
import { resolved, toPng, type ExportedSvg } from './export-svg';
import { matrixSvg } from './matrix-svg';
import { textWidth } from './text-width';

export interface MatrixMenuProps {
  readonly title: string;
  /** Of the files, without their ending. */
  readonly file: string;
  readonly matrix: ConfusionMatrix;
  /** As they are read, and as the corpus has them. */
  readonly names: readonly string[];
  readonly classes: readonly string[];
  /** Which side, which epoch, for the picture's caption. */
  readonly note: string;
}

export function MatrixMenu({ title, file, matrix, names, classes, note }: MatrixMenuProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const caption = useContext(ChartCaption);
  const picture = (): ExportedSvg => {
    const host = document.body;
    const color = (name: string): string => resolved(`var(--${name})`, host);
    return matrixSvg({
      title,
      matrix,
      classes: names,
      caption: `${note} ${caption()}`,
      font: getComputedStyle(host).fontFamily,
      widthOf: textWidth,
      words: {
        predicted: t('confusion.predicted'),
        truth: t('confusion.true'),
        recall: t('confusion.recall'),
      },
      count: format.integer,
      share: (value) => format.percent(value),
      colors: {
        ground: color('panel'),
        ink: color('ink'),
        quiet: color('ink-3'),
        sunken: color('sunken'),
        cell: color('cell'),
      },
    });
  };
  const actions = [
    {
      key: 'csv',
      label: t('chart.csv'),
      icon: <FileSpreadsheet />,
      onSelect: () =>
        download(
          `${file}.csv`,
          toCsv(
            ['true \\ predicted', ...classes],
            matrix.map((row, k) => [classes[k] ?? String(k), ...row]),
          ),
          'text/csv;charset=utf-8',
        ),
    },
    {
      key: 'svg',
      label: t('chart.svg'),
      icon: <FileCode />,
      onSelect: () => download(`${file}.svg`, picture().text, 'image/svg+xml'),
    },
    {
      key: 'png',
      label: t('chart.png'),
      icon: <Image />,
      onSelect: () => {
        toPng(picture())
          .then((blob) => download(`${file}.png`, blob))
          .catch(() => toast(t('chart.saveFailed')));
      },
    },
  ];
  return (
    <ActionMenu
      trigger={<IconButton label={t('confusion.files', { title })} icon={<EllipsisVertical />} />}
      actions={actions}
    />
  );
}
