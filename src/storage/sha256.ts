/**
 * SHA-256 by the browser itself: fast, but of bytes that are in memory. Not here: piece by piece, and without
 * a browser (core/sha256.ts).
 */
export async function sha256(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
