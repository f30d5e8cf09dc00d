import { createHash } from 'node:crypto';

/** Enough to tell owners apart in a log and to search for one, and nothing that names a person. */
const DIGITS = 12;

/** The owner as logs have it: the first digits of a SHA-256, as `printf %s OWNER | sha256sum` gives them. */
export const hashOwner = (owner: string): string =>
  createHash('sha256').update(owner).digest('hex').slice(0, DIGITS);
