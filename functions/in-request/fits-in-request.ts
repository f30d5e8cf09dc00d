import { readOccurrences } from '../../core/execution/input-values.ts';
import type { SyncTask } from '../../core/execution/worker-task.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { SMALL_INPUTS } from '../../core/processes/small-inputs.ts';
import { isOtherJson } from '../../core/shared/geojson-types.ts';
import { isObject } from '../../core/shared/json.ts';
import { isJson, parseEssence } from '../../core/shared/media-type.ts';

/**
 * Whether the function that took a request can execute it itself: work of the class light on inputs that came whole, as JSON,
 * into results that are text. So it opens no address and no upload, which this function may not, and needs neither native
 * code, which could not be ended, nor the engines that read files.
 */
export function fitsInRequest(
  { request: { inputs, outputs }, inputsKey }: SyncTask,
  process: ProcessDeclaration,
): boolean {
  if (process.computeClass !== 'light' || inputsKey !== undefined) return false;
  const isInline = Object.entries(process.inputs).every(([id, input]) => {
    const raw = inputs[id];
    if (raw === undefined || raw === null) return true;
    return readOccurrences(input, raw, '').every(
      (value) => value.kind === 'literal' && (!input.source || isGeojson(value.value)),
    );
  });
  if (!isInline) return false;
  // Where the client names no format it gets JSON.
  const isText = outputs.every(
    ({ mediaType }) =>
      mediaType === undefined || isJson(mediaType) || parseEssence(mediaType).startsWith('text/'),
  );
  return isText && JSON.stringify(inputs).length <= SMALL_INPUTS;
}

/** What is read by itself: other JSON is read by GDAL, and a string is a file. */
const isGeojson = (value: unknown): boolean => isObject(value) && !isOtherJson(value);
