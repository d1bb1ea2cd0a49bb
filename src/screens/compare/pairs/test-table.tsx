/** The shape that the tables of tests share: columns of words, then columns of numbers, in a box that scrolls. */
import type { ReactNode } from 'react';
import { ScrollBox } from '../../../ui/controls/scroll-box';
import styles from '../compare-screen.module.css';
import tableStyles from '../../../ui/controls/table.module.css';

export interface TestTableProps {
  readonly caption: string;
  /** Headings. */
  readonly words: readonly string[];
  readonly numbers: readonly string[];
  /** Its rows. */
  readonly children: ReactNode;
}

export function TestTable({ caption, words, numbers, children }: TestTableProps) {
  return (
    <ScrollBox className={`${tableStyles['box']} ${styles['tableBox'] ?? ''}`} title={caption}>
      <table className={`${tableStyles['table']} ${styles['table'] ?? ''}`} data-words="true">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {words.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
            {numbers.map((heading) => (
              <th key={heading} scope="col" data-numeric>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </ScrollBox>
  );
}
