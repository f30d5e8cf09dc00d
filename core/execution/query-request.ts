import type { ProcessDeclaration } from '../processes/declaration.ts';
import { type Fault, InvalidRequest } from '../shared/errors.ts';
import { pointerSegment } from '../shared/json.ts';
import { type Parameter, sortParameters } from './query-parameters.ts';
import { inputFromQuery } from './query-values.ts';

/** A GET execution, as the POST that asks for the same. */
export interface QueryExecution {
  /** Execute request of version 2.0. */
  readonly body: {
    readonly title?: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly outputs?: Readonly<Record<string, unknown>>;
  };
  readonly accept?: string;
  readonly prefer?: string;
}

/** Reads the query of a GET execution (conformance class kvp-execute of 2.0). @throws InvalidQuery, InvalidRequest */
export function executionFromQuery(
  query: Readonly<Record<string, readonly string[]>>,
  process: ProcessDeclaration,
): QueryExecution {
  const { inputs, outputs, title, ...response } = sortParameters(query, process);
  const wanted = Object.entries(outputs).filter(
    ([, { members }]) => members['include']?.toLowerCase() !== 'false',
  );
  const faults: Fault[] = [];
  const read = Object.entries(process.inputs).flatMap(([id, input]): [string, unknown][] => {
    const parameter = Object.hasOwn(inputs, id) ? inputs[id] : undefined;
    if (!parameter) return [];
    const report = (detail: string) => faults.push({ pointer: `/inputs/${pointerSegment(id)}`, detail });
    return [[id, inputFromQuery(input, parameter, report)]];
  });
  if (faults.length > 0) throw new InvalidRequest(faults);
  return {
    body: {
      ...(title === undefined ? {} : { title }),
      inputs: Object.fromEntries(read),
      ...(wanted.length > 0
        ? { outputs: Object.fromEntries(wanted.map(([id, { members }]) => [id, buildFormat(members)])) }
        : {}),
    },
    ...response,
  };
}

function buildFormat({ mediatype, encoding, schema }: Parameter['members']): unknown {
  const format = {
    ...(mediatype === undefined ? {} : { mediaType: mediatype }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(schema === undefined ? {} : { schema }),
  };
  return Object.keys(format).length > 0 ? { format } : {};
}
