import type { ProcessDeclaration } from '../processes/declaration.ts';
import { type Parameter, sortParameters } from './query-parameters.ts';
import { inputFromQuery } from './query-values.ts';

/** A GET execution, as the POST that asks for the same. */
export interface QueryExecution {
  /** Execute request of version 2.0. */
  readonly body: {
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly outputs?: Readonly<Record<string, unknown>>;
  };
  readonly accept?: string;
  readonly prefer?: string;
}

/** Reads the query of a GET execution (conformance class kvp-execute of 2.0). @throws InvalidQuery */
export function executionFromQuery(
  query: Readonly<Record<string, readonly string[]>>,
  process: ProcessDeclaration,
): QueryExecution {
  const { inputs, outputs, ...response } = sortParameters(query, process);
  const wanted = Object.entries(outputs).filter(
    ([, { members }]) => members['include']?.toLowerCase() !== 'false',
  );
  return {
    body: {
      inputs: Object.fromEntries(
        Object.entries(inputs).map(([id, parameter]) => [id, inputFromQuery(process.inputs[id]!, parameter)]),
      ),
      ...(wanted.length > 0
        ? { outputs: Object.fromEntries(wanted.map(([id, { members }]) => [id, formatOf(members)])) }
        : {}),
    },
    ...response,
  };
}

function formatOf({ mediatype, encoding, schema }: Parameter['members']): unknown {
  const format = {
    ...(mediatype === undefined ? {} : { mediaType: mediatype }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(schema === undefined ? {} : { schema }),
  };
  return Object.keys(format).length > 0 ? { format } : {};
}
