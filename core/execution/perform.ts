import type { ExecuteRequest, RequestedOutput } from '../jobs/execute-request.ts';
import { listAlternatives, listMediaTypes, selectAlternatives } from '../processes/alternatives.ts';
import { findOutput, type ProcessDeclaration, type Run } from '../processes/declaration.ts';
import { type Division, Encoded, type RunContext } from '../run/context.ts';
import { readSummary } from '../run/part-summary.ts';
import { Refusal } from '../shared/errors.ts';
import { parseExact } from '../shared/exact-json.ts';
import { findExtension } from '../shared/formats.ts';
import { isJson } from '../shared/media-type.ts';
import { MediaType } from '../shared/uris.ts';
import { MANIFEST_VALUE_BYTES, type ResultEntry, type ResultManifest } from './manifest.ts';
import { type Open, resolveInputs } from './sources.ts';

export interface ExecutionPorts {
  readonly open: Open;
  /** Keeps bytes under a name that is unique within the execution. @returns the key in the bucket */
  readonly store: (name: string, bytes: Uint8Array, mediaType: string) => Promise<string>;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number, message?: string) => Promise<void>;
  readonly log: RunContext['log'];
  readonly warn: RunContext['warn'];
  readonly synchronous: boolean;
  readonly division?: Division;
}

/** Executes a process: resolves its inputs, runs it, keeps its requested outputs. Knows nothing of where it runs. */
export async function perform(
  process: ProcessDeclaration,
  run: Run<ProcessDeclaration>,
  request: ExecuteRequest,
  { open, store, signal, progress, log, warn, synchronous, division }: ExecutionPorts,
): Promise<ResultManifest> {
  const inputs = await resolveInputs(process, request.inputs, open);
  const results = await run(inputs, {
    signal,
    progress,
    log,
    warn,
    synchronous,
    ...(division && { division }),
    limits: process.limits,
    format: (id) => requestedFormat(process, request, id),
  });
  const summary = readSummary(results);
  if (summary) {
    await store('summary', summary.bytes, summary.mediaType);
    return { processID: process.id, outputs: [] };
  }
  const outputs: ResultEntry[] = [];
  for (const requested of request.outputs) {
    const value = results[requested.id];
    if (value === undefined) continue;
    if (value instanceof Encoded) for (const remark of value.remarks) warn(remark, { output: requested.id });
    const forced =
      (synchronous && requested.transmissionMode === 'reference') || division?.rows !== undefined;
    outputs.push(await keep(process, requested, value, forced ? 0 : MANIFEST_VALUE_BYTES, store));
  }
  return { processID: process.id, outputs };
}

/** Media type to write an output in: the requested one, else the first that is declared. */
function requestedFormat(process: ProcessDeclaration, { outputs }: ExecuteRequest, id: string): string {
  const declared = findOutput(process, id);
  return outputs.find((output) => output.id === id)?.mediaType ?? listMediaTypes(declared.schema)[0];
}

async function keep(
  process: ProcessDeclaration,
  { id, mediaType }: RequestedOutput,
  value: unknown,
  inlineBytes: number,
  store: ExecutionPorts['store'],
): Promise<ResultEntry> {
  const raw = encodeOutput(process, id, value, mediaType);
  const entry = { id, mediaType: raw.mediaType, size: raw.bytes.length, encoding: raw.encoding };
  if (raw.bytes.length > inlineBytes) {
    return { ...entry, key: await store(outputName(id, raw.mediaType), raw.bytes, raw.mediaType) };
  }
  return { ...entry, content: decodeContent(raw) };
}

/** Name of an output that is an object of its own. */
export const outputName = (id: string, mediaType: string): string => `${id}${findExtension(mediaType)}`;

interface Bare {
  readonly mediaType: string;
  readonly encoding: ResultEntry['encoding'];
  readonly bytes: Uint8Array;
}

/** The bare representation of a value: what a client gets that asks for this output alone. */
function encodeOutput(
  process: ProcessDeclaration,
  id: string,
  value: unknown,
  mediaType: string | undefined,
): Bare {
  const alternatives = listAlternatives(findOutput(process, id).schema);
  if (value instanceof Encoded) {
    const declared = alternatives.find((alternative) => alternative.mediaType === value.mediaType)?.encoding;
    const encoding = isJson(value.mediaType) ? 'json' : (declared ?? 'base64');
    return { mediaType: value.mediaType, encoding, bytes: value.bytes };
  }
  const candidates = mediaType ? selectAlternatives(alternatives, mediaType) : alternatives;
  const fits = (encoding: Bare['encoding']) => encoding === 'json' || typeof value === 'string';
  const alternative = candidates.find(({ encoding }) => fits(encoding));
  const text = new TextEncoder();
  if (mediaType === MediaType.text && alternative?.encoding === 'json' && typeof value !== 'object') {
    return { mediaType, encoding: 'text', bytes: text.encode(String(value)) };
  }
  if (alternative && alternative.encoding !== 'json') {
    const bytes =
      alternative.encoding === 'text' ? text.encode(value as string) : Buffer.from(value as string, 'base64');
    return { mediaType: alternative.mediaType, encoding: alternative.encoding, bytes };
  }
  return {
    mediaType: alternative?.mediaType ?? 'application/json',
    encoding: 'json',
    bytes: text.encode(JSON.stringify(value)),
  };
}

function decodeContent({ encoding, bytes }: Bare): unknown {
  if (encoding === 'base64') return Buffer.from(bytes).toString('base64');
  const text = new TextDecoder().decode(bytes);
  return encoding === 'json' ? parseExact(text, true) : text;
}

/** True for what is the client's business; anything else is a fault of the service. */
export const isRefusal = (error: unknown): error is Refusal => error instanceof Refusal;
