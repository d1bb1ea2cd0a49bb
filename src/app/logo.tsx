/** The mark: three weights on one beam, in balance. */
export function Logo({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <circle cx={5} cy={10} r={2.6} fill="var(--task-0)" />
      <rect x={9.6} y={7.6} width={4.8} height={4.8} fill="var(--task-1)" />
      <path d="M19 6.9l2.9 5.1h-5.8z" fill="var(--task-2)" />
      <path
        d="M1.5 14h21M12 14l4 7H8z"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.6}
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
