const HEAD = 4096;
const NAMESPACE = /opengis\.net\/gml/;
/** Elements in which documents keep their features; what stands before the first one is said of all. */
const MEMBER = /<(?:[\w.-]+:)?(?:member|members|featureMember|featureMembers)[\s>]/;
const BOUNDED_BY =
  /<((?:[\w.-]+:)?boundedBy)\s*>\s*<(?:[\w.-]+:)?(?:Envelope|EnvelopeWithTimePeriod|Box|Null)[\s>/]/g;
const SPACE = 0x20;

/**
 * A GML document without `gml:boundedBy` of its features, which says nothing that the geometries do not say: GDAL makes
 * columns of its corners where there is no application schema. That of the collection stays, because it may name the CRS.
 * Other files, and those with sections in which markup is text, are returned as they are.
 */
export function withoutBoundsOfFeatures(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!NAMESPACE.test(buffer.toString('latin1', 0, HEAD))) return bytes;
  const text = buffer.toString('latin1');
  if (text.includes('<![CDATA[')) return bytes;
  const features = MEMBER.exec(text)?.index;
  if (features === undefined) return bytes;
  let blanked: Uint8Array | undefined;
  BOUNDED_BY.lastIndex = features;
  for (let found = BOUNDED_BY.exec(text); found; found = BOUNDED_BY.exec(text)) {
    const end = `</${found[1]}>`;
    const at = text.indexOf(end, BOUNDED_BY.lastIndex);
    if (at < 0) break;
    blanked ??= bytes.slice();
    BOUNDED_BY.lastIndex = at + end.length;
    blanked.fill(SPACE, found.index, BOUNDED_BY.lastIndex);
  }
  return blanked ?? bytes;
}
