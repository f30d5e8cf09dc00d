import { createHash } from 'node:crypto';
import { Kept } from '../../core/shared/kept.ts';

/** Enough to tell owners apart in a log and to search for one, and nothing that names a person. */
const DIGITS = 12;

/** Whoever asks, asks often. */
const kept = new Kept<string>(256);

/** The owner as logs have it: the first digits of a SHA-256, as `printf %s OWNER | sha256sum` gives them. */
export const hashOwner = (owner: string): string =>
  kept.get(owner, () => createHash('sha256').update(owner).digest('hex').slice(0, DIGITS));
