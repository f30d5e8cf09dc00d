import { readOccurrences } from '../../core/execution/input-values.ts';
import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import type { JsonSchema } from '../../core/processes/schema.ts';
import { type BoundingBox, CRS_DESCRIPTION, type CrsInput } from '../../core/run/bounding-box.ts';
import { pointerSegment } from '../../core/shared/json.ts';

/** The CRSs that a request names for its work, those of its extents too, and where each stands. */
export function crsInputs(
  process: ProcessDeclaration,
  { inputs }: Pick<ExecuteRequest, 'inputs'>,
): (readonly [crs: CrsInput, pointer: string])[] {
  return Object.entries(process.inputs).flatMap(([id, input]) => {
    const given = inputs[id];
    const [isCrs, isExtent] = [namesCrs(input.schema), namesExtent(input.schema)];
    if (given === undefined || given === null || input.maxOccurs !== 1 || (!isCrs && !isExtent)) return [];
    return readOccurrences(input, given, `/inputs/${pointerSegment(id)}`).flatMap((value) => {
      if (value.kind !== 'literal') return [];
      if (isCrs) return [[value.value as CrsInput, value.pointer] as const];
      const { crs } = value.value as BoundingBox;
      return crs === undefined ? [] : [[crs, `${value.pointer}/crs`] as const];
    });
  });
}

// As `fieldKind` of forms has it, without what makes schemas: workers start without that.
const namesCrs = ({ description }: JsonSchema): boolean => description === CRS_DESCRIPTION;
const namesExtent = ({ allOf = [] }: JsonSchema): boolean =>
  allOf.some(({ format }) => format === 'ogc-bbox');
