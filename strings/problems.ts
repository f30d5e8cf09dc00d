/** Problems, and the description of the API with its types of problems. */
export const problemsStrings = {
  theRequest: 'the request',
  startPage: 'Start page',
  allProcesses: 'All processes',
  allJobs: 'All jobs',
  status: 'Status',
  type: 'Problem type',
  instance: 'Instance, for the operator',
  errors: 'Errors',
  errorsAre: 'Every error is a problem document (RFC 9457) with one of these types.',
  columns: ['Type', 'Status', 'Meaning and remedy'],
} as const;
