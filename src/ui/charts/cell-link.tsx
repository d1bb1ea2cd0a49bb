/**
 * The cells of a matrix as links: one of them is reached by Tab, the others from it by the arrow keys, so that a
 * matrix of ten classes is no hundred stops.
 */
import type { KeyboardEvent } from 'react';
import styles from './confusion-table.module.css';

/** Where a cell leads. @param truth, predicted places of classes */
export type CellLinks = (truth: number, predicted: number) => string;

export interface CellLinkProps {
  readonly href: string;
  /** What it leads to. */
  readonly label: string;
  readonly stop: boolean;
  readonly text: string;
}

export function CellLink({ href, label, stop, text }: CellLinkProps) {
  return (
    <a
      className={styles['link']}
      href={href}
      aria-label={label}
      tabIndex={stop ? 0 : -1}
      onKeyDown={moveByArrows}
    >
      {text}
    </a>
  );
}

const MOVES: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

/** To the next cell in the arrow's direction that is a link. */
function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const move = MOVES[event.key];
  const cell = event.currentTarget.closest<HTMLElement>('[data-cell]');
  const table = cell?.closest('table');
  if (!move || !cell || !table) return;
  const links = new Map(
    [...table.querySelectorAll<HTMLElement>('[data-cell] a')].map((link) => [
      link.closest<HTMLElement>('[data-cell]')!.dataset['cell'],
      link,
    ]),
  );
  let [row = 0, column = 0] = (cell.dataset['cell'] ?? '').split(',').map(Number);
  for (let steps = 0; steps < MOST; steps++) {
    row += move[0];
    column += move[1];
    const link = links.get(`${row},${column}`);
    if (!link) continue;
    event.preventDefault();
    for (const other of links.values()) other.tabIndex = other === link ? 0 : -1;
    link.focus();
    return;
  }
}

/** Classes that are looked through for the next link: more than any matrix shows. */
const MOST = 1000;
