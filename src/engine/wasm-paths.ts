/**
 * Tells the engine where the bundler put the wasm backend's binaries (same origin, hashed names). Imported for its
 * effect by the worker only: in Node the package finds its own files. The threaded build is deliberately absent.
 */
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { setWasmFiles } from './backend';

setWasmFiles({
  'tfjs-backend-wasm.wasm': plain, 'tfjs-backend-wasm-simd.wasm': simd,
  // The package wants all three named; this one is never fetched, because backend.ts rules threads out.
  'tfjs-backend-wasm-threaded-simd.wasm': simd,
});
