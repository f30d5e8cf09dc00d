import { openapi } from '../../core/api/openapi/document.ts';
import type { OpenapiObject } from '../../core/api/openapi/objects.ts';
import { openapi31 } from '../../core/api/openapi/version-31.ts';
import { processes } from '../../processes/index.ts';
import { marks } from './marks.ts';

const document: OpenapiObject = openapi(processes, marks);

/**
 * The definition of this API by version of OpenAPI, as text. It changes only with the code: what a bundle has in the place
 * of this module reads the texts from files beside it, and nothing is computed when a function starts.
 */
export const definitions: Readonly<Record<'3.0' | '3.1', () => string>> = {
  '3.0': () => JSON.stringify(document),
  '3.1': () => JSON.stringify(openapi31(document)),
};
