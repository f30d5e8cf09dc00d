import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.ts';
import { main, Problem } from './lib/progress.ts';

/**
 * `npm run licences`: whether what is deployed may be, under the licence of this project. Every package of the lock file that is not
 * for development only must have a licence of the list; what is an exception is named with its reason.
 */

/** Licences (SPDX) under which code may be part of something under Apache-2.0. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
  'Zlib',
]);

/** Packages under other licences, as THIRD-PARTY.md tells: they stay files of their own that a user can replace. */
const separate: Readonly<Record<string, RegExp>> = { 'geos-wasm': /^LGPL-/, 'gdal3.js': /^LGPL-/ };

interface LockedPackage {
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly license?: string;
}

/** What a package says of its licence, or that its licence is not one of the list. */
export function judgeLicences(packages: Readonly<Record<string, LockedPackage>>): string[] {
  const deployed = Object.entries(packages).filter(
    ([path, { dev, optional }]) => path !== '' && !dev && !optional,
  );
  return deployed.flatMap(([path, { license = 'no licence' }]) => {
    const name = path.replace(/^.*node_modules\//, '');
    const isFine = fits(license) || separate[name]?.test(license);
    return isFine ? [] : [`${name}: ${license}`];
  });
}

/** One of those that can be chosen (OR), and all of those that hold together (AND). */
const fits = (license: string): boolean =>
  license
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => allowed.has(one.trim())));

if (import.meta.main)
  await main(async () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, LockedPackage>;
    };
    const wrong = judgeLicences(lock.packages);
    if (wrong.length > 0)
      throw new Problem(`Licences that are not compatible with Apache-2.0:\n${wrong.join('\n')}`);
    console.log('The licences of everything that is deployed are compatible.');
    return 0;
  });
