/**
 * Runs a step of a job as a subsegment of the trace, with ids to search for (`annotation.jobID = "..."` in X-Ray).
 *
 * The X-Ray SDK is 125 KB of code; it is loaded only where this invocation is sampled, and
 * only by the functions of jobs: those of the API have the segment that Lambda itself makes, and their logs have its id.
 */
export async function traceStep<T>(
  name: string,
  annotations: Readonly<Record<string, string>>,
  run: () => Promise<T>,
): Promise<T> {
  if (!isSampled()) return run();
  const { Tracer } = await import('@aws-lambda-powertools/tracer');
  const tracer = new Tracer();
  const parent = tracer.getSegment();
  const step = parent?.addNewSubsegment(name);
  if (!parent || !step) return run();
  tracer.setSegment(step);
  for (const [key, value] of Object.entries(annotations)) tracer.putAnnotation(key, value);
  try {
    return await run();
  } catch (error) {
    tracer.addErrorAsMetadata(error as Error);
    throw error;
  } finally {
    step.close();
    tracer.setSegment(parent);
  }
}

/** Whether X-Ray wants this invocation: Lambda says so in the header of the trace. */
const isSampled = (): boolean => /Sampled=1/.test(process.env['_X_AMZN_TRACE_ID'] ?? '');
