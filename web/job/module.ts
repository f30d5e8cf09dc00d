import { askedFor } from '../shared/dom.ts';
import { followJob } from './follow-job.ts';

/** The page of a job follows it to its end: the page of one that has ended has its results, and is another page. */
for (const root of askedFor('job'))
  followJob(root, {
    ended: () => location.reload(),
    removed: () => location.assign((root.dataset['job'] ?? '').replace(/\/jobs\/[^/]*$/, '/jobs?f=html')),
  });
