/**
 * Trains each architecture for a few steps with the workbench's own engine (wasm) and writes the exported
 * safetensors file, the images and the logits: `node reference/exported_weights.mjs FOLDER`. Called by
 * check_weights.py.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: node reference/exported_weights.mjs FOLDER');
const root = fileURLToPath(new URL('..', import.meta.url));
// A server rather than runnerImport, which is closed by the time the engine loads its backend.
const vite = await createServer({ root, configFile: false, appType: 'custom', logLevel: 'error', server: { middlewareMode: true, ws: false, watch: null } });
const module = await vite.ssrLoadModule('/tests/weights/exported.ts');
mkdirSync(folder, { recursive: true });
for (const architecture of module.ARCHITECTURES) {
  const { spec, width, file, images, count, logits } = await module.exported(architecture);
  const about = { width, inputSize: spec.inputSize, count, heads: spec.heads.map(({ task, classes }) => [task, classes]), logits: logits.map((task) => [...task]) };
  writeFileSync(join(folder, `${architecture}.safetensors`), file);
  writeFileSync(join(folder, `${architecture}.images`), images);
  writeFileSync(join(folder, `${architecture}.json`), JSON.stringify(about));
}
await vite.close();
