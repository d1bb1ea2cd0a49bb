/**
 * Part of the lint step: every package that can end up in the page must carry a permissive licence.
 * Reads the lockfile's production tree, and each installed package's own statement where it is there.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './prepare.mjs';

const ALLOWED = new Set(['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'MPL-2.0']);

/**
 * Whether an SPDX expression leaves us an allowed choice: every part of an AND, one part of an OR.
 * Expressions that mix the two are refused; a person has to read those.
 */
export function isAllowed(expression) {
  const allowed = (name) => ALLOWED.has(name.trim());
  const bare = expression.replaceAll(/[()]/g, '');
  const [all, any] = [bare.split(/ AND /i), bare.split(/ OR /i)];
  if (all.length > 1 && any.length > 1) return false;
  return all.length > 1 ? all.every(allowed) : any.some(allowed);
}

/** The licence a package states, or null. */
function licenceOf(path, entry) {
  const file = join(ROOT, path, 'package.json');
  const stated = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const licence = stated.license ?? stated.licenses ?? entry.license;
  if (Array.isArray(licence)) return licence.map((one) => one.type ?? one).join(' OR ');
  return licence?.type ?? licence ?? null;
}

/** Packages of the production tree as {name, licence}; `licence` is null where none is stated. */
export function productionLicences() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional)
    .map(([path, entry]) => ({
      name: `${path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${entry.version}`,
      licence: licenceOf(path, entry),
    }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const all = productionLicences();
  const refused = all.filter(({ licence }) => licence === null || !isAllowed(licence));
  for (const { name, licence } of refused)
    console.error(`${name}: licence "${licence ?? 'not stated'}" is not on our list`);
  console.log(`${all.length} production packages, ${refused.length} with a licence that is not on our list`);
  if (all.length === 0 || refused.length > 0) process.exit(1);
}
