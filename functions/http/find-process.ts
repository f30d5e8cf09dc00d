import type { ApiRequest } from '../../core/api/http.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { NoSuchProcess } from '../../core/shared/errors.ts';
import { processes } from '../../processes/index.ts';

/** The process that the path names. @throws NoSuchProcess (/req/core/process-exception/no-such-process) */
export function findProcess({ pathParameters }: ApiRequest): ProcessDeclaration {
  const processID = pathParameters['processID'] ?? '';
  const process = processes.find(({ id }) => id === processID);
  if (!process)
    throw new NoSuchProcess(
      processID,
      processes.map(({ id }) => id),
    );
  return process;
}
