/**
 * What the sweep's two pictures share: the frame of an SVG for light and dark pages, and how each task is
 * drawn.
 */
export const TASK_STYLES = [
  { name: 'a', dash: '' },
  { name: 'b', dash: '6 3' },
  { name: 'c', dash: '2 2.5' },
] as const;

/** @param parts markup inside the frame; texts in them must be plain words */
export function picture(
  width: number,
  height: number,
  title: string,
  description: string,
  parts: readonly string[],
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="12.5">`,
    `<title>${title}</title><desc>${description}</desc>`,
    '<style>',
    ':root{--ground:#fff;--ink:#1c2330;--line:#d5dae2;--soft:#5b6575;--a:#0b62a8;--b:#b4460f;--c:#3f7d20}',
    '@media (prefers-color-scheme:dark){:root{--ground:#12161d;--ink:#dfe5ee;--line:#333b48;--soft:#9aa5b5;--a:#6db3f2;--b:#f0935c;--c:#8fcf6a}}',
    'text{fill:var(--ink)}.soft{fill:var(--soft);font-size:11px}.head{font-weight:600}.grid{stroke:var(--line)}.zero{stroke:var(--soft)}.base{stroke:var(--soft);stroke-dasharray:5 4}',
    ...TASK_STYLES.map(
      ({ name }) => `.${name}{stroke:var(--${name})}.${name}.dot{fill:var(--${name});fill-opacity:.25}`,
    ),
    '.mean{stroke-width:3}.curve{fill:none;stroke-width:1.75}',
    '</style>',
    `<rect width="${width}" height="${height}" style="fill:var(--ground)"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

export const place = (value: number): string => value.toFixed(1);
