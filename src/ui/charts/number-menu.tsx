/** The file of a number's picture: its points and its calibration, as CSV. */
import { EllipsisVertical, FileSpreadsheet } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { numberPictureFile } from '../../core/export/number-file';
import type { NumberPicture } from '../../core/tasks/metrics/picture';
import { IconButton } from '../controls/button';
import { download } from '../download';
import { ActionMenu } from '../controls/overlay';

export interface NumberMenuProps {
  readonly title: string;
  /** Without its ending. */
  readonly file: string;
  readonly picture: NumberPicture;
}

export function NumberMenu({ title, file, picture }: NumberMenuProps) {
  const { t } = useTranslation();
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
      ]}
    />
  );
}
