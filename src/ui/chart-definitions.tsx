/**
 * The pattern of the region below zero; one for all charts, outside them and outside the charts' own chunk.
 */
export function ChartDefinitions() {
  return (
    <svg width={0} height={0} className="visually-hidden" aria-hidden="true" focusable="false">
      <defs>
        <pattern id="uphill" width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width={6} height={6} fill="var(--danger)" fillOpacity={0.06} />
          <line x1={0} x2={0} y1={0} y2={6} stroke="var(--danger)" strokeOpacity={0.3} strokeWidth={1.5} />
        </pattern>
      </defs>
    </svg>
  );
}
