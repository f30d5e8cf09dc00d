import { withVisibleTurns } from '../../core/shared/visible.ts';

/** What stands where something was taken out. */
const REDACTED = '***';

/** Members whose values are never written, whatever they hold. */
const SECRET_NAMES =
  /^(?:authorization|proxy-authorization|cookie|set-cookie|(?:x-)?api[_-]?key|(?:[\w-]+-)?subscription-key|x-amz-security-token|password|secret|signing_?secret|client_?secret|signature|(?:access_?|id_?|refresh_?)?token)$/i;

/**
 * Parameters of queries that are secrets: what AWS, CloudFront, Google Cloud and Azure (`sig`) sign URLs with, keys of services, and tokens
 * that people put there.
 */
const SECRET_PARAMETERS = [
  'X-Amz-(?:Signature|Credential|Security-Token)',
  'X-Goog-(?:Signature|Credential)',
  'Policy|Signature|Key-Pair-Id|sig',
  '(?:access_?|id_?|refresh_?)?token',
  '(?:x-)?api[_-]?key|(?:[\\w-]+-)?subscription-key|key',
  'client_?secret|secret|password|auth',
].join('|');

/** Secrets inside texts: what is left of each match is its first group. */
const SECRET_TEXTS: readonly RegExp[] = [
  // In a page or a document of XML the sign between two parameters is `&amp;`.
  new RegExp(`([?&;](?:${SECRET_PARAMETERS})=)[^&\\s"'<>]+`, 'gi'),
  // The user and the password before the host of a URL.
  /(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s@"'<>]+(?=@)/gi,
  // Schemes of Authorization, and JSON Web Tokens wherever they stand.
  /(\b(?:Bearer|Basic|Digest)\s+)[A-Za-z0-9._~+/=-]{8,}/gi,
  /()\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g,
  // Keys of AWS.
  /()\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
];

/** What every secret inside a text has: most texts have none of it, and are looked through once. */
const MAY_HAVE_SECRETS = /[=@]|(?:bearer|basic|digest)\s|eyJ|AKIA|ASIA/i;

/** A text without the secrets that it may quote: presigned queries, tokens, passwords in URLs, keys. */
export const redactText = (text: string): string =>
  MAY_HAVE_SECRETS.test(text)
    ? SECRET_TEXTS.reduce((safe, pattern) => safe.replace(pattern, `$1${REDACTED}`), text)
    : text;

/** Replacer for `JSON.stringify`: values of members that hold secrets are left out, texts are redacted. */
export function redact(name: string, value: unknown): unknown {
  if (name !== '' && SECRET_NAMES.test(name) && value !== undefined && value !== null) return REDACTED;
  return typeof value === 'string' ? withVisibleTurns(redactText(value)) : value;
}
