/**
 * Writes the synthesised utterances that the spectrogram fixtures are computed from: `node
 * reference/utterances.mjs`, then `python reference/regenerate.py spectrogram image`. Needed only when the
 * synthesiser changes on purpose.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const { module } = await runnerImport(`${root}tests/spectrogram/utterances.ts`, { root, configFile: false });
for (const { name, bytes } of module.synthesised()) {
  writeFileSync(`${root}tests/fixtures/spectrogram/${name}.wav`, bytes);
  console.log(`${name}: ${bytes.length} bytes`);
}
