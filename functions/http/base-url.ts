import type { APIGatewayProxyEvent } from 'aws-lambda';

/**
 * Base URL that links start with, without a trailing slash: the configured one, else what the request itself was sent
 * to. API Gateway tells the full path, stage or base path of a custom domain included, and the resource that it
 * matched; what is left without the resource is the base.
 */
export function resolveBaseUrl(
  { requestContext, resource, path, pathParameters }: APIGatewayProxyEvent,
  headers: Readonly<Record<string, string>>,
  configured: string | undefined,
): string {
  if (configured) return configured.replace(/\/+$/, '');
  const host = requestContext?.domainName ?? headers['host'] ?? 'localhost';
  // Nothing else: it stands before every link, and emulators let clients say it.
  const scheme = /^\s*http\s*(,|$)/i.test(headers['x-forwarded-proto'] ?? '') ? 'http' : 'https';
  const full = splitPath(requestContext?.path ?? `/${requestContext?.stage ?? ''}${path}`);
  // Of the route for all other paths, one segment stands for any number.
  const { proxy } = pathParameters ?? {};
  const rest = proxy === undefined ? 0 : splitPath(proxy).length - 1;
  const base = full.slice(0, full.length - splitPath(resource ?? path).length - rest);
  return [`${scheme}://${host}`, ...base].join('/');
}

const splitPath = (path: string): string[] => path.split('/').filter((segment) => segment !== '');
