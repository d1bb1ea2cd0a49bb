/** What a reader of sound says of a file that it could read, but not as it stands. Values fill a clause (errors/clauses.ts). */
export interface AudioWarning {
  readonly code: 'truncated' | 'partial-frame' | 'block-size' | 'silent' | 'clipped' | 'not-finite';
  /** In the order in which the clause names them. */
  readonly values: { readonly a: number | string; readonly b?: number; readonly c?: number };
}
