/** A chart's counts as a table: the first cell of a row names it. */
import { ScrollBox } from '../controls/scroll-box';
import styles from './charts.module.css';

export interface CountTableProps {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly string[] }[];
}

export function CountTable({ title, header, rows }: CountTableProps) {
  return (
    <ScrollBox className={styles['tableBox']} title={title}>
      <table className={styles['table']}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {placed(header).map(({ key, text }) => (
              <th scope="col" key={key}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [name, ...cells] }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {placed(cells).map(({ key: place, text }) => (
                <td key={place}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

/** Two of them may be alike: they are told apart by their place. */
const placed = (texts: readonly string[]): { readonly key: string; readonly text: string }[] =>
  texts.map((text, i) => ({ key: `${i} ${text}`, text }));
