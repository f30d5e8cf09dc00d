import type { ExecuteRequest, RequestedOutput, Subscriber } from '../jobs/execute-request.ts';
import { alternativesOf, mediaTypesOf, selectAlternatives } from '../processes/alternatives.ts';
import type { ProcessDeclaration } from '../processes/declaration.ts';
import { type Fault, InvalidRequest, LimitExceeded } from '../shared/errors.ts';
import { isObject, parseJson, pointerSegment } from '../shared/json.ts';
import { inputFaults } from './input-values.ts';

/** Characters of a subscriber's address: it is stored with the job, which must stay small. */
const LONGEST_URI = 2048;

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
    const detail = `The body has ${body.length} bytes; up to ${inlineBytes} are taken inline. Give large inputs by reference: {"href": "https://..."}.`;
    throw new LimitExceeded('', detail);
  }
  const read = parseJson(body, 'The body');
  if ('value' in read) return read.value;
  throw new InvalidRequest([read]);
}

/**
 * Understands an execute request of either version and checks all of it.
 *
 * The dialect is decided here, once: a body with `response` or any `transmissionMode` follows version 1.0, which
 * alone defines these members; everything else follows 2.0. @throws InvalidRequest with every fault
 */
export function parseExecuteRequest(body: unknown, process: ProcessDeclaration): ExecuteRequest {
  if (!isObject(body)) {
    throw new InvalidRequest([
      { pointer: '', detail: 'The body must be a JSON object with the member "inputs".' },
    ]);
  }
  const faults: Fault[] = [];
  const inputs = objectMember(body, 'inputs', faults) ?? {};
  const outputs = objectMember(body, 'outputs', faults);
  const response = body['response'] ?? undefined;
  if (response !== undefined && response !== 'raw' && response !== 'document') {
    faults.push({
      pointer: '/response',
      detail: `must be "raw" or "document", but is ${JSON.stringify(response)}.`,
    });
  }
  const requested: RequestedOutput[] = outputs
    ? Object.entries(outputs).flatMap(([id, value]) => requestedOutput(process, id, value, faults))
    : Object.keys(process.outputs).map((id) => ({ id }));
  const subscriber = parseSubscriber(body, faults);
  const all = [...faults, ...inputFaults(process, inputs)];
  if (all.length > 0) throw new InvalidRequest(all);

  const version1 =
    response !== undefined || requested.some(({ transmissionMode }) => transmissionMode !== undefined);
  return {
    processID: process.id,
    dialect: version1 ? '1.0' : '2.0',
    inputs: Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== null)),
    outputs: requested,
    outputsNamed: outputs !== undefined,
    response: response === 'document' ? 'document' : 'raw',
    ...(subscriber ? { subscriber } : {}),
  };
}

function objectMember(body: Members, name: string, faults: Fault[]): Members | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (isObject(value)) return value;
  faults.push({ pointer: `/${name}`, detail: 'must be an object with one member per identifier.' });
  return undefined;
}

function requestedOutput(
  process: ProcessDeclaration,
  id: string,
  value: unknown,
  faults: Fault[],
): RequestedOutput[] {
  const pointer = `/outputs/${pointerSegment(id)}`;
  const output = Object.hasOwn(process.outputs, id) ? process.outputs[id] : undefined;
  if (!output) {
    const known = Object.keys(process.outputs).join(', ');
    faults.push({ pointer, detail: `The process has no such output. It has: ${known}.` });
    return [];
  }
  const members = isObject(value) ? value : {};
  if (value !== null && !isObject(value)) {
    const detail = 'must be an object, such as {} or {"format": {"mediaType": "..."}}.';
    faults.push({ pointer, detail });
  }
  const mode = members['transmissionMode'] ?? undefined;
  if (mode !== undefined && mode !== 'value' && mode !== 'reference') {
    faults.push({
      pointer: `${pointer}/transmissionMode`,
      detail: `must be "value" or "reference", but is ${JSON.stringify(mode)}.`,
    });
  }
  const format = members['format'] ?? members;
  if (!isObject(format)) {
    const detail = `must be an object, such as {"mediaType": "${mediaTypesOf(output.schema)[0]}"}.`;
    faults.push({ pointer: `${pointer}/format`, detail });
  }
  const asked = (isObject(format) ? format['mediaType'] : undefined) ?? undefined;
  const mediaType = typeof asked === 'string' ? asked : undefined;
  const selected = mediaType ? selectAlternatives(alternativesOf(output.schema), mediaType) : [];
  if (asked !== undefined && selected.length === 0) {
    faults.push({
      pointer: `${pointer}/format/mediaType`,
      detail: `must be one of ${mediaTypesOf(output.schema).join(', ')}, but is ${JSON.stringify(asked)}.`,
    });
  }
  return [
    {
      id,
      ...(selected[0] ? { mediaType: selected[0].mediaType } : {}),
      ...(mode === 'value' || mode === 'reference' ? { transmissionMode: mode } : {}),
    },
  ];
}

function parseSubscriber(body: Members, faults: Fault[]): Subscriber | undefined {
  const members = objectMember(body, 'subscriber', faults);
  if (!members) return undefined;
  const uri = (name: string): string | undefined => {
    const value = members[name] ?? undefined;
    if (value === undefined) return undefined;
    const isAddress = typeof value === 'string' && URL.canParse(value) && /^https?:/i.test(value);
    if (isAddress && value.length <= LONGEST_URI) return value;
    faults.push({
      pointer: `/subscriber/${name}`,
      detail: `must be an absolute http or https URL of up to ${LONGEST_URI} characters, but is ${JSON.stringify(value)}.`,
    });
    return undefined;
  };
  // The schema of version 1.0 spells the member `successUrl`, its prose `successUri`.
  const successUri = uri('successUri') ?? uri('successUrl');
  const inProgressUri = uri('inProgressUri');
  const failedUri = uri('failedUri');
  if (!successUri && !inProgressUri && !failedUri) return undefined;
  return {
    ...(successUri ? { successUri } : {}),
    ...(inProgressUri ? { inProgressUri } : {}),
    ...(failedUri ? { failedUri } : {}),
  };
}
