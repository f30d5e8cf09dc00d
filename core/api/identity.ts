/**
 * Stable identities: what owns jobs must be the same tomorrow, and must never be shared by two who do not know of each other.
 */

const ASSUMED_ROLE = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\/.+$/;
const USER_OR_ROOT = /^arn:[\w-]+:iam::\d{12}:(user\/.+|role\/.+|root)$/;

/**
 * The identity behind the ARN of a caller: of a session of a role the role without the name of the session, which whoever
 * assumes the role may choose. Nothing for callers without an identity that lasts, such as federated users, whose names are
 * chosen by who lets them in.
 */
export function stableArn(arn: string | null | undefined): string | undefined {
  if (!arn) return undefined;
  const assumed = ASSUMED_ROLE.exec(arn);
  // The path of a role is not in the ARN of its sessions; within an account the name alone is unique.
  if (assumed) return `arn:${assumed[1]}:iam::${assumed[2]}:role/${assumed[3]}`;
  if (!USER_OR_ROOT.test(arn)) return undefined;
  return arn.replace(/:role\/.*\//, ':role/');
}

/** Somebody as an issuer of tokens knows them: names are unique within an issuer only. */
export const tokenOwner = (issuer: string, subject: string): string => `${issuer}|${subject}`;

/** Whoever holds an API key. The key has an id that says nothing about its value. */
export const keyOwner = (keyId: string): string => `api-key|${keyId}`;

/** Somebody who signs with credentials of an identity pool, all of whose identities share a role. */
export const poolOwner = (identityId: string): string => `cognito-identity|${identityId}`;
