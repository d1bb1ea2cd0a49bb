/** A waveform: of each channel the smallest and largest sample of every stretch, full scale from edge to edge. */
import styles from './utterances.module.css';

/** Height of a channel in the picture's own units. */
const HEIGHT = 100;

/** Along the largest samples and back along the smallest. */
function outline(wave: Float32Array, top: number): string {
  const columns = wave.length / 2;
  const y = (sample: number): string =>
    (top + ((1 - Math.max(-1, Math.min(1, sample))) / 2) * HEIGHT).toFixed(2);
  const there = Array.from({ length: columns }, (_, i) => `${i},${y(wave[2 * i + 1]!)}`);
  const back = Array.from({ length: columns }, (_, i) => `${i},${y(wave[2 * i]!)}`).reverse();
  return `M${[...there, ...back].join('L')}z`;
}

export function Waveform({
  label,
  waves,
}: {
  readonly label: string;
  readonly waves: readonly Float32Array[];
}) {
  const columns = Math.max(1, (waves[0]?.length ?? 2) / 2 - 1);
  const channels = waves.map((wave, at) => ({ key: `channel ${at}`, path: outline(wave, at * HEIGHT) }));
  return (
    <svg
      className={styles['wave']}
      viewBox={`0 0 ${columns} ${HEIGHT * waves.length}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {channels.map(({ key, path }) => (
        <path key={key} d={path} />
      ))}
    </svg>
  );
}
