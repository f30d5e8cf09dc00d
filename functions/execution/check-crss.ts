import { readOccurrences } from '../../core/execution/input-values.ts';
import { fieldKind } from '../../core/forms/field-kind.ts';
import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import type { BoundingBox, CrsInput } from '../../core/run/bounding-box.ts';
import { isOtherJson } from '../../core/shared/geojson-types.ts';
import { isObject, pointerSegment } from '../../core/shared/json.ts';
import { crs84 } from '../../geo/crs/crs.ts';
import { extentIn } from '../../geo/crs/extent.ts';
import { parseCrs } from '../../geo/crs/find-crs.ts';
import { geojsonCrs } from '../../geo/formats/geojson/geojson-crs.ts';

/**
 * Looks at the CRSs and extents of a request, and at the CRSs that GeoJSON in it names.
 *
 * @throws InvalidInput as a run would, for a CRS that is not known or in which nothing can be computed, and an extent that is none
 */
export function checkCrss(process: ProcessDeclaration, { inputs }: Pick<ExecuteRequest, 'inputs'>): void {
  for (const [id, input] of Object.entries(process.inputs)) {
    if (inputs[id] === undefined || inputs[id] === null) continue;
    const pointer = `/inputs/${pointerSegment(id)}`;
    for (const given of readOccurrences(input, inputs[id], pointer)) {
      if (given.kind !== 'literal') continue;
      const kind = fieldKind(input);
      if (kind === 'crs') parseCrs(given.value as CrsInput, pointer);
      else if (kind === 'extent') checkExtent(given.value as BoundingBox, pointer);
      else if (kind === 'layer' && !isOverridden(inputs)) checkGeojson(given.value, given.pointer);
    }
  }
}

/** With this input a layer is taken to be in another CRS than it says. */
const isOverridden = ({ sourceCrs }: ExecuteRequest['inputs']): boolean =>
  sourceCrs !== undefined && sourceCrs !== null;

/** The CRS for all of a document. Of JSON-FG, in which parts have their own, the run tells. */
function checkGeojson(value: unknown, pointer: string): void {
  if (!isObject(value) || isOtherJson(value) || value['coordRefSys'] !== undefined) return;
  const { features } = value;
  if (Array.isArray(features) && features.some((feature) => isObject(feature) && feature['place'])) return;
  const named = geojsonCrs(value, pointer);
  parseCrs(named.name, named.pointer);
}

function checkExtent(extent: BoundingBox, pointer: string): void {
  const { crs } = extent;
  extentIn(extent, crs === undefined ? crs84 : parseCrs(crs, `${pointer}/crs`), pointer);
}
