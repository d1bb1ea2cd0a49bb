/** Text into HTML and SVG: everything that comes from a user or a file is escaped here and nowhere else. */

/** Markup that is safe to put into a page: made by {@link html} or from constants. */
export interface Markup {
  readonly markup: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/**
 * Control characters other than tab and line breaks are no valid HTML or XML; they become the replacement
 * character.
 */
const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => ESCAPES[c]!).replace(/(?![\t\n\r])\p{Cc}/gu, '\uFFFD');

export type Part = Markup | string | number | null | undefined | readonly Part[];

function render(part: Part): string {
  if (part === null || part === undefined) return '';
  if (typeof part === 'string') return escape(part);
  if (typeof part === 'number') return String(part);
  if ('markup' in part) return part.markup;
  return part.map(render).join('');
}

/** A template whose values are escaped, unless they are markup already; lists are joined. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return { markup: strings.reduce((text, string, i) => text + render(values[i - 1]) + string) };
}
