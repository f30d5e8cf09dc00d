/** Global secondary indexes of the table, by what they list. */
export const TableIndex = {
  /** Jobs of one owner, newest first; also what owners have used. */
  jobs: 'newest-first',
  /** Jobs of all owners, newest first; only where authorization is on. */
  allJobs: 'newest-first-of-all',
  /** Sparse: jobs that the sweep should look at, empty when none is unfinished. */
  due: 'due',
  /** Sparse: jobs that wait for their turn. */
  line: 'waiting',
} as const;
