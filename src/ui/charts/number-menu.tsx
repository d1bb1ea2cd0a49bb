/** The files of a number's picture: its points and its calibration as CSV, the picture as SVG or PNG. */
import { EllipsisVertical, FileCode, FileSpreadsheet, Image } from 'lucide-react';
import { useContext, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { numberPictureFile } from '../../core/export/number-file';
import type { NumberPicture } from '../../core/tasks/metrics/picture';
import { IconButton } from '../controls/button';
import { download } from '../download';
import { ActionMenu } from '../controls/overlay';
import { toast } from '../controls/toast';
import type { TaskStyle } from '../tasks';
import { ChartCaption } from './caption';
import { exportSvg, toPng, type ExportedSvg } from './export-svg';

export interface NumberMenuProps {
  readonly title: string;
  /** Without its ending. */
  readonly file: string;
  readonly picture: NumberPicture;
  readonly style: TaskStyle;
  /** The picture on screen. */
  readonly drawing: RefObject<SVGSVGElement | null>;
  /** Which side, which epoch, with which scores: the caption of a saved picture. */
  readonly note: string;
}

export function NumberMenu({ title, file, picture, style, drawing, note }: NumberMenuProps) {
  const { t } = useTranslation();
  const caption = useContext(ChartCaption);
  const saved = (save: (made: ExportedSvg) => void | Promise<void>): void => {
    if (!drawing.current) return toast(t('chart.nothingToSave'));
    const made = exportSvg(drawing.current, {
      title,
      lines: [
        { key: 'points', label: t('numberTask.utterances'), color: style.color, width: 4, opacity: 0.45 },
        { key: 'bins', label: t('numberTask.calibrationShort'), color: 'var(--ink)', marker: style.marker },
        { key: 'identity', label: t('numberTask.identityShort'), color: 'var(--ink-3)', dash: '4 3' },
      ],
      caption: `${note} ${caption()}`,
    });
    Promise.resolve(save(made)).catch(() => toast(t('chart.saveFailed')));
  };
  return (
    <ActionMenu
      trigger={<IconButton label={t('numberTask.files', { title })} icon={<EllipsisVertical />} />}
      actions={[
        {
          key: 'csv',
          label: t('chart.csv'),
          icon: <FileSpreadsheet />,
          onSelect: () => download(`${file}.csv`, numberPictureFile(picture), 'text/csv;charset=utf-8'),
        },
        {
          key: 'svg',
          label: t('chart.svg'),
          icon: <FileCode />,
          onSelect: () => saved(({ text }) => download(`${file}.svg`, text, 'image/svg+xml')),
        },
        {
          key: 'png',
          label: t('chart.png'),
          icon: <Image />,
          onSelect: () => saved(async (made) => download(`${file}.png`, await toPng(made))),
        },
      ]}
    />
  );
}
