import type { ApiRequest } from '../../../core/api/http.ts';
import { allowedMethods } from '../../../core/api/operations.ts';
import { MethodNotAllowed } from '../../../core/errors.ts';

/** Answers methods that a path does not offer: 405 with those that it does. */
export function refuseMethod({ method, operation }: ApiRequest): never {
  throw new MethodNotAllowed(method, allowedMethods(operation.path));
}
