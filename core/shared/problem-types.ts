import { ExceptionType } from './uris.ts';

/** What a `type` of a problem document means, for the documentation. */
export interface ProblemType {
  /** The URI, or for those of this service its path and fragment below the base URL. */
  readonly type: string;
  readonly statuses: readonly number[];
  readonly meaning: string;
  readonly remedy: string;
}

/** Every `type` that the service answers with; the page of the API and the guide list them. */
export const problemTypes: readonly ProblemType[] = [
  {
    type: ExceptionType.invalidParameterValue,
    statuses: [400],
    meaning: 'The body of a request, an input or an output is not valid.',
    remedy: 'Each member of "errors" gives a JSON pointer, what is wrong there, and what would be valid.',
  },
  {
    type: ExceptionType.missingParameterValue,
    statuses: [400],
    meaning: 'Required inputs are missing, and nothing else is wrong.',
    remedy: 'Send the inputs that "errors" names.',
  },
  {
    type: ExceptionType.invalidQueryParameterValue,
    statuses: [400],
    meaning: 'A query parameter is not valid, or not known.',
    remedy: 'Each member of "errors" names a parameter, after a question mark.',
  },
  {
    type: ExceptionType.noSuchOutput,
    statuses: [400],
    meaning: 'The process has no output with this identifier.',
    remedy: 'The detail lists those that it has.',
  },
  {
    type: ExceptionType.noSuchProcess,
    statuses: [404],
    meaning: 'There is no process with this identifier.',
    remedy: 'GET /processes lists those that exist.',
  },
  {
    type: ExceptionType.noSuchJob,
    statuses: [404, 410],
    meaning:
      'There is no job with this identifier: it never existed, belongs to somebody else, or has been deleted.',
    remedy: 'GET /jobs lists your jobs.',
  },
  {
    type: ExceptionType.resultNotReady,
    statuses: [404],
    meaning: 'The job has not ended.',
    remedy: 'Poll the status of the job until it is successful.',
  },
  {
    type: ExceptionType.resultNotAvailable,
    statuses: [404],
    meaning:
      'The job has ended without this result: it was not requested, the job was dismissed, or the result has expired.',
    remedy: 'Execute the process again and name the output.',
  },
  {
    type: ExceptionType.noSuchCollection,
    statuses: [404],
    meaning: 'There is no collection with this identifier.',
    remedy: 'GET /collections lists your collections.',
  },
  {
    type: ExceptionType.noSuchFeature,
    statuses: [404],
    meaning: 'The collection has no feature with this identifier.',
    remedy: 'GET /collections/{collectionID}/items lists its features.',
  },
  {
    type: ExceptionType.limitExceeded,
    statuses: [413],
    meaning: 'The request, its data or its result exceeds a limit of the service or the process.',
    remedy:
      'The detail gives the amount and the limit, or says that a job exceeded the time, memory or disk space of its worker. Run it as a job with "Prefer: respond-async", send large files by POST /uploads, or reduce the request.',
  },
  {
    type: ExceptionType.remoteServerFailed,
    statuses: [502],
    meaning:
      'A server that an input refers to responded with 408, 429 or 5xx, closed the connection or did not respond, after several attempts.',
    remedy: 'Try again later, or send the data by POST /uploads. The detail names the server.',
  },
  {
    type: ExceptionType.syncTimeout,
    statuses: [504],
    meaning: 'A synchronous execution exceeded the time limit of a response.',
    remedy: 'Run it as a job with "Prefer: respond-async".',
  },
  {
    type: ExceptionType.idempotencyKeyReused,
    statuses: [422],
    meaning: 'The Idempotency-Key was used before with another body or for another process.',
    remedy: 'Send the same request again, or use another key.',
  },
  {
    type: ExceptionType.jobFailed,
    statuses: [500, 503],
    meaning: 'The worker of a job crashed or was stopped, or the job could not be started.',
    remedy: 'Send the request again; the "instance" leads the operator to the cause.',
  },
  {
    type: ExceptionType.quotaExceeded,
    statuses: [429],
    meaning:
      'A quota set by the operator is used up: running and waiting jobs, or executions, GB-seconds or storage per day.',
    remedy: 'Wait as long as "Retry-After" says; "RateLimit" has the remainder of each quota.',
  },
  {
    type: ExceptionType.executionsStopped,
    statuses: [503],
    meaning: 'The operator has suspended executions. Jobs, results and collections can still be read.',
    remedy: 'The detail is the message of the operator. Try again later.',
  },
  {
    type: ExceptionType.blank,
    statuses: [400, 401, 403, 404, 405, 406, 413, 414, 415, 416, 429, 431, 500, 503, 504],
    meaning: 'Nothing beyond what the status code says (RFC 9457).',
    remedy: 'The detail says more.',
  },
];
