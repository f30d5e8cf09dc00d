import { collectionAddress, isOwnCollection } from '../features/collection-input.ts';
import type { ExecuteRequest } from '../jobs/execute-request.ts';
import { resultIn } from '../jobs/result-href.ts';
import type { ProcessDeclaration } from '../processes/declaration.ts';
import { pointerSegment } from '../shared/json.ts';
import { type InputValue, readOccurrences } from './input-values.ts';

/**
 * Pointers of the inputs that are results or collections of the service: to execute a process with them is to read them.
 * Uploads are not among these: whoever may execute has sent them.
 */
export function findStoredInputs(
  process: ProcessDeclaration,
  inputs: ExecuteRequest['inputs'],
  baseUrl: string,
): string[] {
  const isStored = (value: InputValue): boolean => {
    if (value.kind === 'reference') return resultIn(value.href, baseUrl) !== undefined;
    if (value.kind !== 'collection') return false;
    const address = collectionAddress(value.members['collection'] as string, baseUrl, process.id);
    return isOwnCollection(address, baseUrl);
  };
  return listValues(process, inputs)
    .filter(isStored)
    .map(({ pointer }) => pointer);
}

/** Pointers of the inputs that are somewhere else: references and collections. */
export const findReferences = (process: ProcessDeclaration, inputs: ExecuteRequest['inputs']): string[] =>
  listValues(process, inputs)
    .filter(({ kind }) => kind !== 'literal')
    .map(({ pointer }) => pointer);

const listValues = (process: ProcessDeclaration, inputs: ExecuteRequest['inputs']): InputValue[] =>
  Object.entries(process.inputs)
    .filter(([id]) => inputs[id] !== undefined && inputs[id] !== null)
    .flatMap(([id, input]) => readOccurrences(input, inputs[id], `/inputs/${pointerSegment(id)}`));
