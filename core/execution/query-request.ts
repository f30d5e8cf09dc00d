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
  const faults: Fault[] = [];
  const wanted = wantedOutputs(outputs, process, faults);
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

/** Those that are included or have a format; where all that are named are left out, the others. */
function wantedOutputs(
  named: Readonly<Record<string, Parameter>>,
  process: ProcessDeclaration,
  faults: Fault[],
): [id: string, parameter: Parameter][] {
  const isLeftOut = ({ members }: Parameter) => members['include']?.toLowerCase() === 'false';
  const included = Object.entries(named).filter(([, parameter]) => !isLeftOut(parameter));
  if (included.length > 0 || Object.keys(named).length === 0) return included;
  const others = Object.keys(process.outputs).filter((id) => !Object.hasOwn(named, id));
  if (others.length === 0) {
    faults.push({ pointer: '/outputs', detail: 'leaves out all outputs of the process: include one.' });
  }
  return others.map((id) => [id, { values: [], members: {} }]);
}

function buildFormat({ mediatype, encoding, schema }: Parameter['members']): unknown {
  const format = {
    ...(mediatype === undefined ? {} : { mediaType: mediatype }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(schema === undefined ? {} : { schema }),
  };
  return Object.keys(format).length > 0 ? { format } : {};
}
