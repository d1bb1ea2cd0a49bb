/**
 * One backend's cases as a table whose bars have one common scale: speed in GFLOP/s, of training steps as
 * well, so that longer is always better. The bars repeat the numbers beside them.
 */
import { useTranslation } from 'react-i18next';
import { caseById, NOT_SHIPPED, shippedCan } from '../../core/bench/cases';
import type { Recorded } from '../../core/bench/line';
import type { BackendId } from '../../core/config/run-config';
import { useFormat } from '../../ui/text/format';
import { Panel } from '../../ui/controls/panel';
import { ScrollBox } from '../../ui/controls/scroll-box';
import { useCaseText } from './case-text';
import styles from './bench-screen.module.css';
import tableStyles from '../../ui/controls/table.module.css';

/** GFLOP/s of either side, whatever the line's unit is. */
function speeds({
  unit,
  ours,
  theirs,
  gflop,
}: Recorded): readonly [ours: number | null, theirs: number | null] {
  const speed = (value: number | null): number | null =>
    value === null ? null : unit === 'ms' ? (Number(gflop) * 1000) / value : value;
  return [speed(ours), speed(theirs)];
}

const peakOf = (lines: readonly Recorded[]): number | null =>
  (lines.find((line) => typeof line['peak'] === 'number')?.['peak'] as number | undefined) ?? null;

export function BackendTable({
  backend,
  lines,
}: {
  readonly backend: BackendId;
  readonly lines: readonly Recorded[];
}) {
  const { t } = useTranslation();
  const peak = peakOf(lines);
  const scale = Math.max(peak ?? 0, ...lines.flatMap((line) => speeds(line).map((speed) => speed ?? 0)));
  const title = t(`backend.${backend}`);
  const software = lines.some((line) => line['software'] === true);
  return (
    <Panel
      title={title}
      note={backend === 'wasm' ? t('bench.cannotTrain') : software && t('bench.softwareAdapter')}
      flush
    >
      <ScrollBox className={`${tableStyles['box']} ${styles['tableBox'] ?? ''}`} title={title}>
        <table className={`${tableStyles['table']} ${styles['table'] ?? ''}`}>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t('bench.case')}</th>
              <th scope="col" data-numeric>
                <span className={styles['key']} data-side="ours" />
                {t('bench.ours')}
              </th>
              <th scope="col" data-numeric>
                <span className={styles['key']} data-side="theirs" />
                {t('bench.theirs')}
              </th>
              <th scope="col" data-numeric>
                {t('bench.ratio')}
              </th>
              <th scope="col" className={styles['bars']}>
                {t('bench.speed')}
                {peak !== null && <span className={styles['peakKey']}>{t('bench.peakMark')}</span>}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Row key={line.case} line={line} backend={backend} scale={scale} peak={peak} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Panel>
  );
}

interface Spread {
  readonly turns: number;
  readonly cold: boolean;
}

function Row({
  line,
  backend,
  scale,
  peak,
}: {
  readonly line: Recorded;
  readonly backend: BackendId;
  readonly scale: number;
  readonly peak: number | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, note } = useCaseText()(line.case);
  const [ours, theirs] = speeds(line);
  const unit = t(line.unit === 'ms' ? 'bench.milliseconds' : 'bench.gigaflops');
  const failures = failuresOf(line);
  const absent = !shippedCan(caseById(line.case)!, backend);
  return (
    <tr>
      <th scope="row">
        {name}
        <span className={styles['small']}>{note}</span>
        {failures.map((failure) => (
          <span key={failure} className={styles['caution']}>
            {failure}
          </span>
        ))}
      </th>
      <Measured value={line.ours} unit={unit} spread={line['oursMs'] as Spread | undefined} />
      <Measured
        value={line.theirs}
        unit={unit}
        spread={line['theirsMs'] as Spread | undefined}
        remark={absent && (line.theirs === null ? t('bench.notShipped') : t('bench.onCpu'))}
      />
      <td data-numeric data-slower={line.ratio !== null && line.ratio < 1}>
        {line.ratio === null ? '–' : <b>{t('bench.times', { value: format.significant(line.ratio, 3) })}</b>}
      </td>
      <td className={styles['bars']}>
        <svg
          className={styles['plot']}
          role="img"
          aria-label={t('bench.speeds', {
            name,
            ours: format.significant(ours, 3),
            theirs: format.significant(theirs, 3),
          })}
        >
          <rect data-side="ours" y="15%" width={share(ours, scale)} height="32%" />
          <rect data-side="theirs" y="53%" width={share(theirs, scale)} height="32%" />
          {peak !== null && <line x1={share(peak, scale)} x2={share(peak, scale)} y1="0" y2="100%" />}
        </svg>
      </td>
    </tr>
  );
}

interface MeasuredProps {
  readonly value: number | null;
  readonly unit: string;
  readonly spread: Spread | undefined;
  readonly remark?: string | false;
}

/** A side's number, and how it was come by. */
function Measured({ value, unit, spread, remark = false }: MeasuredProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <td data-numeric>
      {value === null ? (
        '–'
      ) : (
        <>
          {format.significant(value, 3)} <span className={styles['unit']}>{unit}</span>
        </>
      )}
      {remark !== false && <span className={styles['small']}>{remark}</span>}
      {spread && (
        <span className={styles[spread.cold ? 'small' : 'turns']}>
          {spread.cold ? t('bench.cold') : t('bench.turns', { count: spread.turns })}
        </span>
      )}
    </td>
  );
}

/** What went wrong, in the words of whatever failed. */
const failuresOf = ({ note = '' }: Recorded): readonly string[] =>
  note.split('; ').filter((part) => part !== '' && part !== NOT_SHIPPED);

const share = (value: number | null, scale: number): string =>
  `${(99 * (value ?? 0)) / Math.max(scale, Number.MIN_VALUE)}%`;
