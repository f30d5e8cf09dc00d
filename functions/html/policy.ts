import { Env, optional } from '../../core/shared/env.ts';

/**
 * Content Security Policy of the pages: scripts, styles and data of the service itself, files from its bucket and to it,
 * and nothing inline. The base URL's origin stands beside `'self'` for who sees the page under another name of the
 * service, such as that of the stage behind a custom domain.
 * @param signInOrigins where pages ask for tokens; none where nobody signs in
 */
export function pagePolicy(baseUrl: string, signInOrigins: readonly string[] = []): string {
  const own = `'self' ${new URL(baseUrl).origin}`;
  const bucket = optional(Env.BucketOrigin);
  const withBucket = bucket === undefined ? own : `${own} ${bucket}`;
  const tiles = optional(Env.MapTiles);
  const pictures = tiles === undefined ? withBucket : `${withBucket} ${new URL(tiles).origin}`;
  return [
    `default-src 'none'`,
    `script-src ${own} 'wasm-unsafe-eval'`,
    `style-src ${own}`,
    `img-src ${pictures} data: blob:`,
    `connect-src ${[withBucket, ...signInOrigins].join(' ')}`,
    `worker-src ${own} blob:`,
    // A form may be answered by a redirect to a result, which is in the bucket.
    `form-action ${withBucket}`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}
