/**
 * Imported first by every command: stops with one clear sentence where Node is too old for Vite.
 * Written in syntax that an old Node still parses, and without dependencies.
 */
const NEEDED = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  console.error(
    `Equipoise needs Node ${NEEDED.join('.')} or newer, but this is Node ${process.versions.node}: ` +
      'install a current one from https://nodejs.org and run the command again.',
  );
  process.exit(1);
}
