import { authorizeInputs } from '../../core/api/authorize.ts';
import type { ApiRequest } from '../../core/api/http.ts';
import { parseExecuteRequest } from '../../core/execution/parse.ts';
import { findReferences, findStoredInputs } from '../../core/execution/stored-inputs.ts';
import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import { isFromItself } from '../../core/net/loop.ts';
import type { Egress, Ports } from '../../core/ports.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { type Fault, InvalidInput, InvalidRequest } from '../../core/shared/errors.ts';

/**
 * Understands an execute request, and refuses what its client may not ask for. Every execution comes by here: by body, by
 * query and by form, in all modes, and a dry run.
 *
 * @throws InvalidRequest with every fault; ScopeMissing
 */
export async function understandRequest(
  { baseUrl, principal, authorization, headers }: ApiRequest,
  process: ProcessDeclaration,
  body: unknown,
  { egress }: Pick<Ports, 'egress'>,
): Promise<ExecuteRequest> {
  const parsed = parseExecuteRequest(body, process);
  if (isFromItself(headers)) refuseReferences(process, parsed);
  authorizeInputs(findStoredInputs(process, parsed.inputs, baseUrl), principal, authorization);
  await checkSubscriber(parsed, egress);
  return parsed;
}

/**
 * An input may be what another process of the service computes from values in its address, but not from further addresses: one that leads
 * back would execute for ever without anybody asking for it. @throws InvalidRequest
 */
function refuseReferences(process: ProcessDeclaration, { inputs }: ExecuteRequest): void {
  const detail =
    'is a reference in a request that the service has sent itself, to get an input: it could lead back here without end. Give the value itself, or execute the processes one after the other.';
  const faults = findReferences(process, inputs).map((pointer) => ({ pointer, detail }));
  if (faults.length > 0) throw new InvalidRequest(faults);
}

/** Addresses that are certain never to be called. Names are looked up when they are called. @throws InvalidRequest */
async function checkSubscriber({ subscriber }: ExecuteRequest, egress: Egress): Promise<void> {
  if (!subscriber) return;
  const faults: Fault[] = [];
  for (const [name, href] of Object.entries(subscriber)) {
    try {
      await egress.check(href, `/subscriber/${name}`);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      for (const fault of error.faults) faults.push(fault);
    }
  }
  if (faults.length > 0) throw new InvalidRequest(faults);
}
