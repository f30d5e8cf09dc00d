import type { Run } from '../../core/processes/declaration.ts';
import type declaration from './process.ts';

/** Returns each input under the name of its output; inputs that occur several times as arrays. */
export const run: Run<typeof declaration> = async (inputs) => ({
  stringOutput: inputs.stringInput,
  measureOutput: inputs.measureInput,
  dateOutput: inputs.dateInput,
  doubleOutput: inputs.doubleInput,
  arrayOutput: inputs.arrayInput,
  complexObjectOutput: inputs.complexObjectInput,
  geometryOutput: inputs.geometryInput,
  boundingBoxOutput: inputs.boundingBoxInput,
  imagesOutput: inputs.imagesInput,
  featureCollectionOutput: inputs.featureCollectionInput,
});
