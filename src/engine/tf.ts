/**
 * The one door to TensorFlow.js: its core (tensors, kernels, registry) and the cpu backend, nothing of
 * layers, data or converter. The wasm and webgpu backends are loaded on demand by backend.ts.
 */
import '@tensorflow/tfjs-backend-cpu';

export * from '@tensorflow/tfjs-core';
