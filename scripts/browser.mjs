/**
 * Which Chromium the tests drive and with which switches. `findBrowser` only looks; `ensureBrowser` also
 * installs. Plain Node without dependencies.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { ROOT, bin, run } from './prepare.mjs';

/** Switches of every test browser: no sandbox (containers run as root), no traffic of the browser's own. */
export const BROWSER_SWITCHES = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  // Whatever still asks for another machine must fail rather than reach it.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/** WebGPU in software, so that its code path runs on machines without a graphics card. */
export const WEBGPU_SWITCHES = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const USUAL_PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
};

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The browser that Playwright downloads for itself, or null while it has not been downloaded. */
function playwrightsOwn() {
  const require = createRequire(join(ROOT, 'package.json'));
  try {
    const path = require('playwright').chromium.executablePath();
    return existsSync(path) ? path : null;
  } catch {
    return null; // packages are not installed yet
  }
}

/** Path of a Chromium or Chrome on this machine, or null. `CHROMIUM_PATH` or `CHROME_PATH` decide if set. */
export function findBrowser() {
  const named = process.env.CHROMIUM_PATH ?? process.env.CHROME_PATH;
  if (named) return named;
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => COMMANDS.map((command) => join(folder, command)));
  return [...onPath, ...(USUAL_PLACES[process.platform] ?? [])].find(isExecutable) ?? playwrightsOwn();
}

/** True if the browser really starts here: a download may lack shared libraries of the system. */
function starts(path) {
  if (process.platform === 'win32') return existsSync(path); // chrome.exe --version opens a window
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

/** The prefix that lets this user install system packages, or null. */
function asRoot() {
  if (process.platform !== 'linux' || spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0)
    return null;
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : null;
}

async function aptInstall(prefix) {
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return run(command, rest, { timeout: 600_000 });
  };
  await apt('update');
  await apt('install', '-y', '--no-install-recommends', 'chromium');
}

/**
 * Finds a browser that starts, installing one where that is possible. Null: one has to be installed by hand.
 */
export async function ensureBrowser() {
  const usable = () => {
    const path = findBrowser();
    return path !== null && starts(path) ? path : null;
  };
  const present = usable();
  if (present !== null) return present;
  // the named one is wrong: do not guess
  if (process.env.CHROMIUM_PATH ?? process.env.CHROME_PATH) return null;

  console.log('No Chromium or Chrome found; downloading the one that comes with Playwright ...');
  await bin('playwright', ['install', 'chromium'], { timeout: 300_000 });
  const downloaded = usable();
  if (downloaded !== null) return downloaded;

  const prefix = asRoot();
  if (prefix !== null) {
    console.log('Installing the system’s Chromium (apt-get install chromium) ...');
    await aptInstall(prefix);
  }
  return usable();
}

export const NO_BROWSER =
  'No usable Chromium or Chrome: install one, or set CHROMIUM_PATH to the executable of one, and run npm test again.';
