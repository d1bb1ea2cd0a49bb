/**
 * `npm start`: install what is missing, build if needed, serve the built page on this machine, open the
 * browser.
 *   --no-open      only print the address        --port N   this port or none (default: the first free from
 *   4173)
 *   --host H       address to listen on (default: localhost, so that nobody else on the network can connect)
 * `npm start --no-open --port N` without the `--` works too: npm keeps such flags to itself, but tells of
 * them.
 */
import './require-node.mjs';
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { ROOT, ensureBuild, ensurePackages } from './prepare.mjs';

const USAGE = 'Usage: npm start -- [--no-open] [--port N] [--host H]';

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      options: { 'no-open': { type: 'boolean' }, port: { type: 'string' }, host: { type: 'string' } },
      allowPositionals: true,
    });
    // What npm kept to itself: a flag becomes a variable, its value a bare argument, in the order they were
    // typed.
    const { npm_config_port, npm_config_host, npm_config_open } = process.env;
    const kept = (variable) => (variable === 'true' ? positionals.shift() : variable);
    const host = values.host ?? kept(npm_config_host);
    const wanted = values.port ?? kept(npm_config_port);
    if (positionals.length > 0) return fail(`"${positionals[0]}" is not understood. ${USAGE}`);
    const port = wanted === undefined ? undefined : Number(wanted);
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536))
      return fail(`--port wants a number from 1 to 65535, not "${wanted}". ${USAGE}`);
    const noOpen = values['no-open'] ?? (npm_config_open === '' || npm_config_open === 'false');
    return { open: !noOpen, port, host: host ?? 'localhost' };
  } catch (error) {
    return fail(`${error.message} ${USAGE}`);
  }
}

/** Opens the address in the user's browser; where that is impossible, says so and carries on. */
function openBrowser(url) {
  const sorry = () =>
    console.log('No browser could be opened from here: please open the address above yourself.');
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '""', url]
        : ['xdg-open', url];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', sorry);
  child.on('exit', (code) => code && sorry());
  child.unref();
}

const options = readOptions();
if (!(await ensurePackages())) fail('The packages could not be installed: see npm’s message above.');
if (!(await ensureBuild())) fail('The page could not be built: see the message above.');

const { preview } = await import('vite');
let server;
try {
  server = await preview({
    root: ROOT,
    logLevel: 'warn',
    preview: {
      host: options.host,
      port: options.port ?? 4173,
      strictPort: options.port !== undefined,
      open: false,
    },
  });
} catch (error) {
  fail(
    `The page cannot be served on ${options.host}${options.port ? `, port ${options.port}` : ''}: ${error.message}`,
  );
}

const url = server.resolvedUrls?.local[0] ?? server.resolvedUrls?.network[0];
console.log(`Equipoise is ready at ${url} (Ctrl-C to stop)`);
if (options.open) openBrowser(url);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    // A browser keeps its connections open; do not wait for them.
    server.httpServer.closeAllConnections?.();
    server.close().finally(() => process.exit(0));
  });
}
