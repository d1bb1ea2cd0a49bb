/**
 * Room for a chart: as wide as it is given, of a fixed height; what is in it is mounted in turn and told its
 * width.
 */
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTurnToMount } from './scheduler';
import styles from './charts.module.css';

/** Narrower than this, pixels: nothing to be seen. */
const LEAST = 120;

export function ChartBox({
  height,
  children,
}: {
  readonly height: number;
  readonly children: (width: number) => ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const mount = useTurnToMount();
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} className={styles['box']} style={{ height }}>
      {mount && width > LEAST && children(width)}
    </div>
  );
}
