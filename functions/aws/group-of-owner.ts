import { createHash } from 'node:crypto';

/** Characters of the hash: no two owners share them. */
const LENGTH = 22;

/** Tells the messages and waiting jobs of an owner from those of others; an owner may have any name of any length. */
export const groupOfOwner = (owner: string): string =>
  createHash('sha256').update(owner).digest('base64url').slice(0, LENGTH);
