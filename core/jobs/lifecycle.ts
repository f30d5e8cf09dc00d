/** The states of a job and the changes that are allowed between them: the only place that knows. */
export const jobStatuses = ['accepted', 'running', 'successful', 'failed', 'dismissed'] as const;

export type JobStatus = (typeof jobStatuses)[number];

/**
 * From each state, the states that may follow. `running` may follow itself because a worker that never
 * started is retried. Nothing leaves a final state, so a late worker cannot bring back a dismissed job.
 */
const followers: Readonly<Record<JobStatus, readonly JobStatus[]>> = {
  accepted: ['running', 'failed', 'dismissed'],
  running: ['running', 'successful', 'failed', 'dismissed'],
  successful: [],
  failed: [],
  dismissed: [],
};

/** Whether no status may follow this one. */
export const isFinal = (status: JobStatus): boolean => followers[status].length === 0;

/** Whether a job may change from one status to another. */
export const mayFollow = (from: JobStatus, to: JobStatus): boolean => followers[from].includes(to);

/** States from which `to` may be reached: the condition of every write that changes a status. */
export const predecessors = (to: JobStatus): JobStatus[] => jobStatuses.filter((from) => mayFollow(from, to));
