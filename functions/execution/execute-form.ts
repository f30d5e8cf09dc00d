import type { ApiRequest } from '../../core/api/http.ts';
import { parsePrefer } from '../../core/execution/preferences.ts';
import { type FilledForm, readForm } from '../../core/forms/read-form.ts';
import type { Ports } from '../../core/ports.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { InvalidRequest, LimitExceeded, Refusal } from '../../core/shared/errors.ts';
import { isObject } from '../../core/shared/json.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import type { FormValues } from '../html/form/form-values.ts';
import { errorResponse, identify } from '../http/answer-errors.ts';
import { readEntries } from '../http/own-form.ts';
import { ExecutionClaim } from '../usage/execution-claim.ts';
import { isDryRun, respondToDryRun } from './dry-run.ts';
import { startJob } from './start-job.ts';
import { understandRequest } from './understand-request.ts';
import { poll } from './wait-for-job.ts';

/**
 * Executes what a page of the service asks for with a form. It always becomes a job, whose page is where the browser is led
 * to, at once or when the job ends within the time that the form prefers to wait. What is refused is answered with the
 * form, filled in as it was sent; so is a dry run, with what would become of it.
 */
export async function executeForm(
  request: ApiRequest,
  process: ProcessDeclaration,
  ports: Ports,
): Promise<ApiResponse> {
  const form = readForm(await readEntries(request), process);
  try {
    const parsed = await parseForm(form, request, process, ports);
    if (isDryRun(request)) {
      const shown: FormValues = { ...form, formats: formatsIn(form), faults: [] };
      return { ...(await respondToDryRun(request, process, parsed, 'async', ports)), shown };
    }
    const claim = new ExecutionClaim(request, process, ports);
    const { job } = await startJob({ request, process, parsed, claim }, ports);
    const { wait } = parsePrefer(form.prefer);
    if (wait !== undefined) await poll(job, Math.min(wait, ports.settings.syncSeconds), ports);
    return { status: 303, headers: { Location: `${request.baseUrl}/jobs/${job.jobID}?f=html` } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { faults, detail = '' } = error;
    const shown: FormValues = {
      ...form,
      formats: formatsIn(form),
      faults: faults.length > 0 ? faults : [{ pointer: '', detail }],
    };
    return { ...errorResponse(error, identify(request), '', request.baseUrl), shown };
  }
}

async function parseForm(
  { inputs, outputs, title, faults }: FilledForm,
  request: ApiRequest,
  process: ProcessDeclaration,
  ports: Ports,
) {
  const body = {
    ...(title === undefined ? {} : { title }),
    inputs,
    ...(outputs === undefined ? {} : { outputs }),
  };
  const { inlineBytes } = process.limits;
  if (JSON.stringify(inputs).length > inlineBytes)
    throw new LimitExceeded(
      '',
      `The form has more than ${inlineBytes} bytes. Give large layers and rasters by URL.`,
    );
  // What could not even be read is told together with what is wrong otherwise.
  const known = new Set(faults.map(({ pointer }) => pointer));
  try {
    const parsed = await understandRequest(request, process, body, ports);
    if (faults.length === 0) return parsed;
  } catch (error) {
    if (!(error instanceof InvalidRequest) || faults.length === 0) throw error;
    const others = error.faults.filter(({ pointer }) => !known.has(pointer));
    throw new InvalidRequest([...faults, ...others]);
  }
  throw new InvalidRequest(faults);
}

const formatsIn = ({ outputs = {} }: FilledForm): Record<string, string> =>
  Object.fromEntries(
    Object.entries(outputs).flatMap(([id, output]) => {
      const format =
        isObject(output) && isObject(output['format']) ? output['format']['mediaType'] : undefined;
      return typeof format === 'string' ? [[id, format]] : [];
    }),
  );
