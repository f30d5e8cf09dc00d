import assert from 'node:assert/strict';
import { memoryService } from '../../support/memory-service.ts';

const service = memoryService();
let served = 0;

/** A file as an input by reference, for `runProcess`. */
export function asInput(bytes: Uint8Array, type: string): { href: string; type: string } {
  const href = `https://data.example/input-${++served}`;
  service.ports.egress.serve(href, Buffer.from(bytes), type);
  return { href, type };
}

/** The result of a process, made by the service itself in this process. */
export async function runProcess(
  id: string,
  inputs: Readonly<Record<string, unknown>>,
  mediaType: string,
): Promise<Uint8Array> {
  const outputs = { result: { format: { mediaType } } };
  const answer = await service.execute(id, { inputs, outputs }, { Prefer: 'return=minimal' });
  assert.equal(answer.status, 200, answer.text);
  return answer.bytes;
}
