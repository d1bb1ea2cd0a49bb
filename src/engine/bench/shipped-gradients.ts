/**
 * Registers the library's gradients of every op, which its core leaves to whoever trains with its tape.
 * Imported for its effect by a worker.
 */
import '@tensorflow/tfjs-core/dist/register_all_gradients';
