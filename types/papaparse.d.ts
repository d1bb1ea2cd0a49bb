/** What of papaparse is used here. Its published types want Node's and the browser's, which core has not. */
declare module 'papaparse' {
  interface ParseResult {
    readonly data: string[][];
    readonly errors: readonly { readonly code: string; readonly row?: number }[];
  }
  interface ParseOptions {
    readonly delimiter: string;
    /** `greedy`: lines of blanks, too. */
    readonly skipEmptyLines: 'greedy';
    /** Rows to read; the rest is left unread. */
    readonly preview: number;
  }
  const Papa: { parse(text: string, options: ParseOptions): ParseResult };
  export default Papa;
}
