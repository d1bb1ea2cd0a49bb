/**
 * The security headers of the page, in one place for the dev server, the preview server, the tests and the
 * <meta> element that covers a static host. Nothing here is about caching.
 */

/** What makes the page cross-origin isolated and keeps its address to itself. */
export const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * Our own origin and nothing else; `blob:` only for what the page itself made (audio, pictures to export).
 */
const POLICY = {
  'default-src': "'self'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  // No 'unsafe-inline': React, Base UI (under its CSPProvider) and recharts set styles through the CSSOM,
  // which needs none.
  'style-src': "'self'",
  'img-src': "'self' blob: data:",
  'media-src': "'self' blob:",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

const join = (policy: Readonly<Record<string, string>>): string =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');

/**
 * The policy as a <meta> element may state it: browsers ignore `frame-ancestors` there and complain about it.
 */
export const META_POLICY = join(POLICY);

/** All headers of the built page. */
export const PRODUCTION_HEADERS = {
  ...ISOLATION_HEADERS,
  'Content-Security-Policy': join({ ...POLICY, 'frame-ancestors': "'none'" }),
};
