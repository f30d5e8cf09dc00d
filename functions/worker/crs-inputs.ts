import { readOccurrences } from '../../core/execution/input-values.ts';
import { fieldKind } from '../../core/forms/field-kind.ts';
import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import type { BoundingBox, CrsInput } from '../../core/run/bounding-box.ts';
import { pointerSegment } from '../../core/shared/json.ts';

/** The CRSs that a request names for its work, those of its extents too, and where each stands. */
export function crsInputs(
  process: ProcessDeclaration,
  { inputs }: Pick<ExecuteRequest, 'inputs'>,
): (readonly [crs: CrsInput, pointer: string])[] {
  return Object.entries(process.inputs).flatMap(([id, input]) => {
    const kind = fieldKind(id, input);
    const given = inputs[id];
    if (given === undefined || given === null || (kind !== 'crs' && kind !== 'extent')) return [];
    return readOccurrences(input, given, `/inputs/${pointerSegment(id)}`).flatMap((value) => {
      if (value.kind !== 'literal') return [];
      if (kind === 'crs') return [[value.value as CrsInput, value.pointer] as const];
      const { crs } = value.value as BoundingBox;
      return crs === undefined ? [] : [[crs, `${value.pointer}/crs`] as const];
    });
  });
}
