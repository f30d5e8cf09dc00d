import { isAdmin, type Principal } from '../../core/api/authorization.ts';
import { everyone } from '../../core/jobs/job.ts';

/** Whose jobs a client sees in a list: its own, or those of all. */
export const listedOwner = (owner: string, principal: Principal | undefined): string | typeof everyone =>
  principal && isAdmin(principal) ? everyone : owner;
