import type { ProcessDeclaration } from '../processes/declaration.ts';
import { type Fault, InvalidQuery } from '../shared/errors.ts';
import { listed, quote } from '../shared/quote.ts';
import { didYouMean } from '../shared/similar.ts';

type Query = Readonly<Record<string, readonly string[]>>;

/** What the query says of one input or output: the bare values and the members in brackets. */
export interface Parameter {
  readonly values: readonly string[];
  /** `x[href]=...` is the member `href`; names in lower case. */
  readonly members: Readonly<Record<string, string>>;
}

/** A query of an execution, sorted by what its parameters are about. */
export interface ExecutionQuery {
  readonly inputs: Readonly<Record<string, Parameter>>;
  readonly outputs: Readonly<Record<string, Parameter>>;
  /** `response[f]`: acts as `Accept`. */
  readonly accept?: string;
  /** `response[prefer]`: acts as `Prefer`. */
  readonly prefer?: string;
  /** `response[title]`: name of the job; an extension. */
  readonly title?: string;
}

const inputMembers = [
  'value',
  'mediatype',
  'encoding',
  'schema',
  'href',
  'type',
  'rel',
  'hreflang',
  'title',
  'crs',
];
const outputMembers = ['include', 'mediatype', 'encoding', 'schema'];
const responseMembers = ['f', 'prefer', 'title'];
/** Parameters of the operation itself. */
const reserved = ['response', 'profile', 'f'];

/**
 * Sorts the parameters of a GET execution (/req/kvp-execute): names of inputs and outputs are compared without case.
 *
 * @throws InvalidQuery with every parameter that is nothing of the process
 */
export function sortParameters(query: Query, process: ProcessDeclaration): ExecutionQuery {
  const faults: Fault[] = [];
  const inputs: Record<string, Parameter> = Object.create(null);
  const outputs: Record<string, Parameter> = Object.create(null);
  const response: Record<string, string> = {};
  for (const [name, values] of Object.entries(query)) {
    const [, root = name, member] = /^([^[\]]+)\[([^[\]]+)\]$/.exec(name) ?? [];
    const key = member?.toLowerCase();
    if (root === 'response' && key !== undefined && responseMembers.includes(key)) {
      // Accept and Prefer are lists, wherever their items come from; the name of a job is one.
      const all = response[key] === undefined ? values : [response[key], ...values];
      if (key === 'title' && all.length > 1)
        faults.push({ pointer: `?${name}`, detail: 'may be given only once.' });
      response[key] = all.join(', ');
    } else if (key === undefined && reserved.includes(root)) continue;
    else {
      const [target, id] = findTarget(root, key, query, process, inputs, outputs);
      if (key !== undefined && (values.length > 1 || target?.[id]?.members[key] !== undefined))
        faults.push({ pointer: `?${name}`, detail: 'may be given only once.' });
      else if (key === 'include' && target && !isBoolean(values[0]))
        faults.push({ pointer: `?${name}`, detail: `must be true or false, but is ${quote(values[0])}.` });
      else if (target) target[id] = extended(target[id], key, values);
      else faults.push({ pointer: `?${name}`, detail: unknownParameter(root, key, process) });
    }
  }
  const all = [...faults, ...Object.entries(inputs).flatMap(ambiguityFaults)];
  if (all.length > 0) throw new InvalidQuery(all);
  return {
    inputs,
    outputs,
    ...(response['f'] === undefined ? {} : { accept: response['f'] }),
    ...(response['prefer'] === undefined ? {} : { prefer: response['prefer'] }),
    ...(response['title'] === undefined ? {} : { title: response['title'] }),
  };
}

function findTarget(
  root: string,
  key: string | undefined,
  query: Query,
  process: ProcessDeclaration,
  inputs: Record<string, Parameter>,
  outputs: Record<string, Parameter>,
): [target: Record<string, Parameter> | undefined, id: string] {
  const input = nameIn(process.inputs, root);
  const output = nameIn(process.outputs, root);
  // `x[mediaType]` may be said of an input and of an output of one name: `x[include]` tells.
  const included = Object.keys(query).some((name) => name.toLowerCase() === `${root.toLowerCase()}[include]`);
  const ofOutput = output !== undefined && key !== undefined && outputMembers.includes(key);
  if (ofOutput && (included || input === undefined)) return [outputs, output];
  if (input !== undefined && (key === undefined || inputMembers.includes(key))) return [inputs, input];
  return [undefined, root];
}

const isBoolean = (text: string | undefined): boolean => /^(true|false)$/i.test(text ?? '');

const nameIn = (declared: Readonly<Record<string, unknown>>, name: string): string | undefined =>
  Object.keys(declared).find((id) => id === name) ??
  Object.keys(declared).find((id) => id.toLowerCase() === name.toLowerCase());

function extended(
  { values, members }: Parameter = { values: [], members: {} },
  key: string | undefined,
  sent: readonly string[],
): Parameter {
  if (key === undefined) return { values: [...values, ...sent], members };
  return { values, members: { ...members, [key]: sent.at(-1) ?? '' } };
}

/** An input that is given in several ways: none of them is silently the one that counts. */
function ambiguityFaults([id, { values, members }]: [string, Parameter]): Fault[] {
  const ways = [
    ...(values.length > 0 ? [id] : []),
    ...['value', 'href'].filter((key) => members[key] !== undefined).map((key) => `${id}[${key}]`),
  ];
  if (ways.length < 2) return [];
  return [{ pointer: `?${id}`, detail: `is given as ${ways.join(' and as ')}: give it in one way only.` }];
}

function unknownParameter(
  root: string,
  key: string | undefined,
  { inputs, outputs }: ProcessDeclaration,
): string {
  const known = nameIn(inputs, root) ?? nameIn(outputs, root);
  if (known !== undefined) {
    return `has no member ${quote(key)}. Inputs have ${inputMembers.join(', ')}; outputs have ${outputMembers.join(', ')}.`;
  }
  const hint = didYouMean(root, [...Object.keys(inputs), ...Object.keys(outputs)]);
  return `is not an input or output of the process.${hint} Inputs: ${listed(Object.keys(inputs))}. Outputs, as name[include]=true: ${listed(Object.keys(outputs))}.`;
}
