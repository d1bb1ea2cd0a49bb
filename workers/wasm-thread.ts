/**
 * One thread beside the trainer's for the products of the wasm engine. It is sent the shared memory once and
 * then computes until it is ended.
 */
import { serveMember, type MemberData } from '../src/engine/kernels/wasm/ring';

self.addEventListener(
  'message',
  ({ data }: MessageEvent<MemberData>) => {
    serveMember(data);
  },
  { once: true },
);
