/**
 * Where the bundler put the wasm backend's binaries (same origin, hashed names), by the names the package
 * asks for. For workers: in Node it finds its own.
 */
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';

export const WASM_FILES: Readonly<Record<string, string>> = {
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  // The package wants all three named; the threaded build is deliberately absent and never fetched, because
  // threads are ruled out.
  'tfjs-backend-wasm-threaded-simd.wasm': simd,
};
