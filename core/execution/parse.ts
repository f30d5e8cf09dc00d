import type { ExecuteRequest } from '../jobs/execute-request.ts';
import type { ProcessDeclaration } from '../processes/declaration.ts';
import { type Fault, InvalidRequest, LimitExceeded } from '../shared/errors.ts';
import { isObject, parseJson, pointerSegment } from '../shared/json.ts';
import { quote } from '../shared/quote.ts';
import { findRepeatedName } from '../shared/repeated-names.ts';
import { turnsDirection } from '../shared/visible.ts';
import { inputFaults } from './input-values.ts';
import { requestedOutputs } from './requested-outputs.ts';
import { parseSubscriber } from './subscriber.ts';
import { wrappingFault } from './wrapping.ts';

/** Characters of the name of a job. */
export const MOST_TITLE = 200;

/** The request, its inputs, and the members of each: a layer, or a reference. What is in a layer is read as its format is. */
const LEVELS_OF_REQUEST = 3;

type Members = Readonly<Record<string, unknown>>;

/** Decodes the body of an execute request. @throws InvalidRequest, LimitExceeded */
export function decodeBody(body: Uint8Array | undefined, process: ProcessDeclaration): unknown {
  if (!body || body.length === 0) {
    throw new InvalidRequest([
      { pointer: '', detail: 'The body is empty. Send a JSON object such as {"inputs": {}}.' },
    ]);
  }
  const { inlineBytes } = process.limits;
  if (body.length > inlineBytes) {
    const detail = `The body has ${body.length} bytes; the limit is ${inlineBytes}. Send large inputs by reference, {"href": "https://..."}; for a local file, POST /uploads returns a URL to upload it to, and the href to use.`;
    throw new LimitExceeded('', detail);
  }
  const read = parseJson(body, 'The body');
  if (!('value' in read)) throw new InvalidRequest([read]);
  const repeated = findRepeatedName(body, LEVELS_OF_REQUEST);
  if (repeated === undefined) return read.value;
  throw new InvalidRequest([
    { pointer: repeated, detail: 'is given more than once: only one of its values could be used. Keep one.' },
  ]);
}

/**
 * Understands an execute request of either version and checks all of it.
 *
 * The dialect is decided here, once: a body with `response` or any `transmissionMode` follows version 1.0, which
 * alone defines these members; everything else follows 2.0. @throws InvalidRequest with every fault, in the order of
 * the body
 */
export function parseExecuteRequest(body: unknown, process: ProcessDeclaration): ExecuteRequest {
  if (!isObject(body)) {
    throw new InvalidRequest([
      { pointer: '', detail: 'The body must be a JSON object with the member "inputs".' },
    ]);
  }
  const unwrapped = wrappingFault(body, process);
  if (unwrapped) throw new InvalidRequest([unwrapped]);
  const faults: Fault[] = [];
  const inputs = objectMember(body, 'inputs', faults) ?? {};
  const outputs = objectMember(body, 'outputs', faults);
  const response = body['response'] ?? undefined;
  if (response !== undefined && response !== 'raw' && response !== 'document') {
    faults.push({ pointer: '/response', detail: `must be "raw" or "document", but is ${quote(response)}.` });
  }
  const requested = requestedOutputs(process, outputs, faults);
  const title = parseTitle(body, faults);
  const subscriber = parseSubscriber(objectMember(body, 'subscriber', faults) ?? {}, faults);
  // Where the inputs are no object, nothing can be said of each.
  if (!faults.some(({ pointer }) => pointer === '/inputs')) {
    for (const fault of inputFaults(process, inputs)) faults.push(fault);
  }
  if (faults.length > 0) throw new InvalidRequest(sortFaults(body, faults));

  const version1 =
    response !== undefined || requested.some(({ transmissionMode }) => transmissionMode !== undefined);
  return {
    processID: process.id,
    ...(title === undefined ? {} : { title }),
    dialect: version1 ? '1.0' : '2.0',
    inputs: Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== null)),
    outputs: requested,
    outputsNamed: outputs !== undefined,
    response: response === 'document' ? 'document' : 'raw',
    ...(subscriber ? { subscriber } : {}),
  };
}

/** The name of the job: one line of text. Neither version of the standard has such a member of a request; 2.0 has it of a job. */
function parseTitle({ title }: Members, faults: Fault[]): string | undefined {
  if (title === undefined || title === null) return undefined;
  const isName = typeof title === 'string' && title.trim() !== '' && title.length <= MOST_TITLE;
  if (isName && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(title) && !turnsDirection(title)) return title.trim();
  const detail = `must be one line of text with up to ${MOST_TITLE} characters, the name of the job, without characters that change the direction of text, but is ${quote(title)}.`;
  faults.push({ pointer: '/title', detail });
  return undefined;
}

function objectMember(body: Members, name: string, faults: Fault[]): Members | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (isObject(value)) return value;
  faults.push({
    pointer: `/${name}`,
    detail: `must be an object with one member per identifier, but is ${quote(value)}.`,
  });
  return undefined;
}

/** Faults as a reader of the body comes upon them; what is missing from it comes last. */
function sortFaults(body: Members, faults: readonly Fault[]): Fault[] {
  const places = new Map<string, number>();
  for (const [name, member] of Object.entries(body)) {
    places.set(`/${pointerSegment(name)}`, places.size);
    if (!isObject(member)) continue;
    for (const inner of Object.keys(member))
      places.set(`/${pointerSegment(name)}/${pointerSegment(inner)}`, places.size);
  }
  const findPlace = ({ pointer }: Fault): number => {
    const [, name = '', inner] = pointer.split('/');
    return places.get(inner === undefined ? `/${name}` : `/${name}/${inner}`) ?? Infinity;
  };
  return faults.toSorted((one, other) => {
    const [a, b] = [findPlace(one), findPlace(other)];
    return a === b ? 0 : a - b;
  });
}
