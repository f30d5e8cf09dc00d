import type { ProcessDeclaration } from '../processes/declaration.ts';
import type { Fault } from '../shared/errors.ts';
import { geojsonTypes } from '../shared/geojson-types.ts';
import { listed, quote } from '../shared/quote.ts';
import { findSimilar } from '../shared/similar.ts';

/**
 * What is wrong with a body whose inputs do not stand where they should: beside `inputs`, below another name, or as the
 * body itself. One sentence then says more than the list of all inputs that are missing.
 */
export function wrappingFault(
  body: Readonly<Record<string, unknown>>,
  process: ProcessDeclaration,
): Fault | undefined {
  if (body['inputs'] !== undefined && body['inputs'] !== null) return undefined;
  const known = Object.keys(process.inputs);
  const names = Object.keys(body);
  const { type } = body;
  if (typeof type === 'string' && geojsonTypes.includes(type) && !known.includes('type')) {
    const input = known.find((id) => process.inputs[id]?.source === 'layer') ?? known[0] ?? 'features';
    const detail = `The body is GeoJSON; it must be wrapped in an input: {"inputs": {"${input}": {"type": "${type}", ...}}}.`;
    return { pointer: '', detail };
  }
  const inputs = names.filter((name) => known.includes(name));
  if (inputs.length > 0) {
    const wrapped = inputs.map((name) => `"${name}": ...`);
    return {
      pointer: '',
      detail: `The inputs must be wrapped in "inputs": {"inputs": {${listed(wrapped)}}}.`,
    };
  }
  if (body['inputs'] === null) {
    const detail = 'must be an object with one member per input, such as {}, but is null.';
    return { pointer: '/inputs', detail };
  }
  const similar = names.find((name) => findSimilar(name, ['inputs']) !== undefined);
  if (similar === undefined) return undefined;
  return {
    pointer: '',
    detail: `The body has the member ${quote(similar)}, which is not known. Did you mean "inputs"?`,
  };
}
