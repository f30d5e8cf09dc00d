import { Crs84 } from '../../core/shared/uris.ts';

/** Identifier of a CRS from the authority and code that a file holds, as the project spells it. */
export const nameOfCrs = (authority: string, code: string | number): string =>
  authority.toUpperCase() === 'OGC' && /^CRS84h?$/i.test(String(code))
    ? Crs84
    : `${authority.toUpperCase()}:${code}`;

/** Authority and code of a canonical identifier (the CRS84 URI or `EPSG:n`), for files that store them apart. */
export function authorityOf(crs: string): { readonly authority: string; readonly code: string } {
  if (crs === Crs84) return { authority: 'OGC', code: 'CRS84' };
  const [authority = '', code = ''] = crs.split(':');
  return { authority, code };
}
