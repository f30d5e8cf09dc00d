import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import { workerSizesFromEnvironment } from '../../core/processes/class-resources.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { type ProcessDescription, processDescription } from '../../core/processes/describe.ts';
import { largeClassFromEnvironment } from '../../core/processes/large-class.ts';
import { Kept } from '../../core/shared/kept.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { findProcess } from '../http/find-process.ts';
import { createHandler } from '../http/handler.ts';

const workerSizes = workerSizesFromEnvironment();
const large = largeClassFromEnvironment();

/** A deployment has few base URLs, and as many descriptions for each as processes. */
const kept = new Kept<ProcessDescription>(256);

const describe = (process: ProcessDeclaration, baseUrl: string): ProcessDescription =>
  kept.get(`${process.id} ${baseUrl}`, () => processDescription(process, baseUrl, workerSizes, large));

/** GET /processes/{processID} (/req/core/process-description-success). */
export const describeProcess = (request: ApiRequest): ApiResponse => ({
  status: 200,
  resource: describe(findProcess(request), request.baseUrl),
});

export const handler = createHandler(operations.describeProcess, describeProcess, () => undefined);
