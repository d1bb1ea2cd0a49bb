/**
 * The keys a Russian resource must have, given the English one: the same tree, with `_one/_other` become
 * `_one/_few/_many/_other`.
 */
type PluralBase<K> = K extends `${infer Base}_other` ? Base : never;

export type Russian<T> = {
  readonly [
    K in keyof T as K extends `${string}_one`
      ? never
      : K extends `${string}_other`
        ? `${PluralBase<K>}_one` | `${PluralBase<K>}_few` | `${PluralBase<K>}_many` | `${PluralBase<K>}_other`
        : K
  ]: T[K] extends string ? string : Russian<T[K]>;
};
