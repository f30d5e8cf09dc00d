import ipaddr from 'ipaddr.js';
import { isPublicAddress } from './address-guard.ts';

/** Names that lead into the machine or its own network, wherever they are resolved. */
const localNames =
  /^localhost$|\.(localhost|local|localdomain|internal|intranet|private|corp|home|lan|home\.arpa|in-addr\.arpa|ip6\.arpa)$/;

/**
 * Why a URL is not fetched or called: a sentence that follows the URL and says what would be right; undefined when
 * nothing speaks against it. Names must still be resolved and their addresses checked when connecting.
 *
 * @param allowHosts `host:port` pairs that are let through whatever their address is.
 */
export function explainUrlRefusal(href: string, allowHosts: readonly string[]): string | undefined {
  const url = URL.parse(href);
  if (!url) return 'is not an absolute URL, for example https://example.org/data.geojson.';
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return `has the scheme "${url.protocol.slice(0, -1)}"; only https and http are fetched.`;
  }
  if (url.username || url.password)
    return 'contains a user name or password, which the service does not send.';
  if (isAllowedHost(url, allowHosts)) return undefined;
  const port = effectivePort(url);
  if (port !== 80 && port !== 443 && port < 1024) {
    return `has the port ${port}, which is not allowed: use 80, 443, or a port of at least 1024.`;
  }
  return explainHostRefusal(url.hostname);
}

/** The URL parser has already turned every spelling of an address (octal, hexadecimal, one number) into the usual one. */
function explainHostRefusal(hostname: string): string | undefined {
  const name = hostname.replace(/\.$/, '').toLowerCase();
  const isAddress = name.startsWith('[') || ipaddr.IPv4.isValid(name);
  if (isAddress) {
    return isPublicAddress(name) ? undefined : 'resolves to an address that is not on the public internet.';
  }
  if (localNames.test(name) || !name.includes('.')) {
    return 'has a host that is not on the public internet.';
  }
  return undefined;
}

/** Whether a setting lets the host through. @param allowHosts `host:port` pairs */
export const isAllowedHost = (url: URL, allowHosts: readonly string[]): boolean =>
  allowHosts.includes(`${url.hostname}:${effectivePort(url)}`);

const effectivePort = (url: URL): number => Number(url.port || (url.protocol === 'https:' ? 443 : 80));

/** The pairs of a comma-separated setting. */
export const parseAllowHosts = (text: string): string[] =>
  text
    .split(',')
    .map((pair) => pair.trim().toLowerCase())
    .filter((pair) => pair !== '');
