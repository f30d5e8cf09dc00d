/**
 * Cross-origin access (Fetch standard): any page may use the API, because nothing here depends on cookies.
 * API Gateway answers preflights and its own errors with these, the functions everything else.
 */
export const cors = {
  allowOrigin: '*',
  /** Headers that a page may send. */
  allowHeaders: [
    'Accept',
    'Accept-Language',
    'Accept-Profile',
    'Authorization',
    'Content-Type',
    'Idempotency-Key',
    'If-Match',
    'If-None-Match',
    'If-Range',
    'Link',
    'Prefer',
    'Range',
    'X-Amz-Content-Sha256',
    'X-Amz-Date',
    'X-Amz-Security-Token',
    'X-Amzn-Trace-Id',
    'X-Api-Key',
  ],
  /** Headers of a response that a page may read, besides those that the Fetch standard always allows. */
  exposeHeaders: [
    'Accept-Ranges',
    'Allow',
    'Content-Disposition',
    'Content-Encoding',
    'Content-Length',
    'Content-Location',
    'Content-Range',
    'ETag',
    'Link',
    'Location',
    'Preference-Applied',
    'Processing-Warnings',
    'RateLimit',
    'RateLimit-Policy',
    'Retry-After',
    'WWW-Authenticate',
  ],
  /** Seconds that a browser may remember the answer to a preflight. */
  maxAge: 3600,
} as const;
