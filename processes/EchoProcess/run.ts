import type { Run } from '../../core/processes/declaration.ts';
import { labelled, qualified } from './labels.ts';
import type declaration from './process.ts';

/**
 * Returns each input under the name of its output. What may come in several formats is labelled with the one that it
 * has, whatever was asked for: nothing is converted here.
 */
export const run: Run<typeof declaration> = async (inputs) => ({
  stringOutput: inputs.stringInput,
  measureOutput: inputs.measureInput,
  dateOutput: inputs.dateInput,
  doubleOutput: inputs.doubleInput,
  arrayOutput: inputs.arrayInput,
  complexObjectOutput: inputs.complexObjectInput,
  geometryOutput: qualified(inputs.geometryInput),
  boundingBoxOutput: inputs.boundingBoxInput,
  imagesOutput:
    inputs.imagesInput.length === 1 ? labelled(inputs.imagesInput[0]) : qualified(inputs.imagesInput),
  featureCollectionOutput: labelled(inputs.featureCollectionInput),
});
