/** Tells the engine where the wasm backend's binaries are. Imported for its effect by workers. */
import { setWasmFiles } from './backend';
import { WASM_FILES } from './wasm-files';

setWasmFiles(WASM_FILES);
