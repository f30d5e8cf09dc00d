import { type Crs, isWgs84, sameCrs } from './crs.ts';
import { type Accuracy, findAccuracy, findBaseCode } from './definitions.ts';

/**
 * What a client should know of positions that are moved between two CRSs: how far off they may be where PROJ would take
 * a grid file that is not here, where proj4 only comes near to the shift of a datum, or where none is known.
 *
 * @returns a sentence; undefined where there is nothing to say
 */
export function remarkOnMove(from: Crs, to: Crs): string | undefined {
  const [source, target] = [readBase(from), readBase(to)];
  if (sameCrs(from, to) || (source !== undefined && source === target)) return undefined;
  const reasons = [from, to].flatMap((crs) => {
    const accuracy = accuracyFor(crs);
    return accuracy ? [explainAccuracy(crs, accuracy)] : [];
  });
  return reasons.length > 0
    ? `Coordinates transformed from ${from.name} to ${to.name} are not exact: ${reasons.join('; ')}.`
    : undefined;
}

function accuracyFor(crs: Crs): Accuracy | undefined {
  const base = readBase(crs);
  const own = readCode(crs);
  return (
    (base === undefined ? undefined : findAccuracy(base)) ??
    (own === undefined ? undefined : findAccuracy(own))
  );
}

function explainAccuracy({ name }: Crs, { metres, file, unshifted }: Accuracy): string {
  const amount = metres === undefined ? 'by an unknown amount' : `by up to ${metres} m`;
  if (unshifted) {
    const where = unshifted === 'everywhere' ? '' : ' in parts of its area';
    return `those in ${name} may be off ${amount}, because no shift of its datum to WGS 84 is known${where}`;
  }
  return file === undefined
    ? `those in ${name} may be off ${amount}, because its datum shift is only approximated`
    : `those in ${name} may be off ${amount}, because the grid file ${file} is not available`;
}

function readCode(crs: Crs): number | undefined {
  if (isWgs84(crs)) return 4326;
  return crs.identifier ? Number(crs.identifier.code) : undefined;
}

function readBase(crs: Crs): number | undefined {
  const code = readCode(crs);
  return crs.computable?.base ?? (code === undefined ? undefined : findBaseCode(code));
}
