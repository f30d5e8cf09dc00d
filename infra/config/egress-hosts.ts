import ipaddr from 'ipaddr.js';
import { splitList } from './split-list.ts';

const MOST_PORT = 65_535;
/** Characters of a name and of one of its labels (RFC 1035, 2.3.4). */
const LONGEST = { name: 253, label: 63 };

/** Ranges of no single host: who named one did not mean it, and some lead to the machine itself. */
const noHosts = ['unspecified', 'broadcast', 'multicast'];
/** Addresses of AWS's metadata service in IPv6, which are among the private ones of a network. */
const metadata6 = ipaddr.IPv6.parseCIDR('fd00:ec2::/32');

/**
 * What is wrong with the hosts that the service may reach although they are not on the public internet: a sentence for each that
 * would never match, or would open more than was meant.
 *
 * @param text `host:port` pairs, comma separated
 */
export function findEgressFaults(text: string): string[] {
  return splitList(text).flatMap((pair) => {
    const fault = explainPair(pair);
    return fault === undefined ? [] : [`"${pair}" ${fault}`];
  });
}

function explainPair(pair: string): string | undefined {
  const { host, port } = /^(?<host>\[[^\]]*\]|[^:/@]*):(?<port>[^:/@]*)$/.exec(pair)?.groups ?? {};
  if (host === undefined || port === undefined) return 'is not one host and one port';
  return explainPort(port) ?? explainHost(host);
}

function explainPort(port: string): string | undefined {
  if (!/^\d+$/.test(port)) return 'has no port as a number';
  // Pairs are compared as texts with the address that is asked for.
  if (port.startsWith('0')) return 'has a port that begins with 0, which no address would match';
  return Number(port) > MOST_PORT ? `has a port beyond ${MOST_PORT}` : undefined;
}

function explainHost(host: string): string | undefined {
  if (host.includes('*'))
    return 'has a wildcard: each host is named, as whoever may send links could otherwise reach all';
  const parsed = URL.parse(`http://${host}`)?.hostname;
  if (parsed === undefined) return 'has a host that is neither a name nor an address';
  // The guard compares with what a URL makes of a host.
  if (parsed !== host.toLowerCase())
    return `has a host that links would have as "${parsed}", so that it would never match`;
  return parsed.startsWith('[') || ipaddr.IPv4.isValid(parsed) ? explainAddress(parsed) : explainName(parsed);
}

function explainName(name: string): string | undefined {
  if (name.length > LONGEST.name) return `has a name of more than ${LONGEST.name} characters`;
  const labels = name.split('.');
  if (labels.includes('')) return 'has a name with an empty label';
  const wrong = labels.find((label) => !/^[\w]([\w-]*[\w])?$/.test(label) || label.length > LONGEST.label);
  return wrong === undefined
    ? undefined
    : `has the label "${wrong}": labels are up to ${LONGEST.label} letters, digits and hyphens within`;
}

function explainAddress(host: string): string | undefined {
  const written = ipaddr.parse(host.replace(/^\[|\]$/g, ''));
  const address = behind(written);
  if (noHosts.includes(address.range())) return 'has an address that is not that of one host';
  const isMetadata = address.kind() === 'ipv6' && (address as ipaddr.IPv6).match(metadata6);
  return address.range() === 'linkLocal' || isMetadata
    ? 'has a link-local address, where the credentials of functions are'
    : undefined;
}

/** The IPv4 address that one of IPv6 carries (RFC 4291, 2.5.5.2; RFC 6052): that is what is reached. */
function behind(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (address.kind() === 'ipv4') return address;
  const wide = address as ipaddr.IPv6;
  if (wide.isIPv4MappedAddress()) return wide.toIPv4Address();
  return wide.range() === 'rfc6052' ? new ipaddr.IPv4(wide.toByteArray().slice(12)) : wide;
}
