/** One key for all charts of a section: each curve's letter, looks and name. */
import { Sample } from '../../../ui/charts/chart-frame';
import type { Member } from '../use-comparison';
import styles from '../compare-screen.module.css';

export function CurveKey({
  members,
  labelOf,
}: {
  readonly members: readonly Member[];
  readonly labelOf: (member: Member) => string;
}) {
  return (
    <ul className={styles['sharedKey']}>
      {members.map((member) => {
        const { letter: key, color, dash, marker } = member.style;
        return (
          <li key={key}>
            <Sample line={{ key, label: member.name, color, dash, marker, width: 2 }} />
            {labelOf(member)}
          </li>
        );
      })}
    </ul>
  );
}
