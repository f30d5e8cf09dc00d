import ipaddr from 'ipaddr.js';

/** The only part of the IPv6 space from which public addresses are given out (RFC 4291, 2.4). */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** IPv4 ranges of the IANA registry of special purposes that the library takes for ordinary ones. */
const moreReserved4 = ['192.31.196.0/24', '192.52.193.0/24', '192.175.48.0/24'].map((range) =>
  ipaddr.IPv4.parseCIDR(range),
);

/**
 * True for an address in the public internet. False for everything that is or may lead to somewhere else: loopback,
 * private, link-local (there the clouds keep their metadata), shared, multicast, unspecified, reserved and
 * documentation ranges, and IPv6 addresses that carry a non-public IPv4 address or are relayed by somebody else
 * (6to4, Teredo). Text that is no address is not public.
 */
export function isPublicAddress(text: string): boolean {
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return false;
  const address = ipaddr.process(bare);
  return address.kind() === 'ipv4' ? isPublic4(address as ipaddr.IPv4) : isPublic6(address as ipaddr.IPv6);
}

const isPublic4 = (address: ipaddr.IPv4): boolean =>
  address.range() === 'unicast' && !moreReserved4.some((range) => address.match(range));

function isPublic6(address: ipaddr.IPv6): boolean {
  // NAT64 is how a network without IPv4 reaches it (RFC 6052): what counts is the address behind.
  if (address.range() === 'rfc6052') return isPublic4(new ipaddr.IPv4(address.toByteArray().slice(12)));
  return address.range() === 'unicast' && address.match(globalUnicast);
}
