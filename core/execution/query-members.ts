/** Members of an input in a query: `x[href]=...` is the member `href`; names in lower case. */
type Members = Readonly<Record<string, string>>;

const ofLinks = ['type', 'rel', 'hreflang', 'title'];
const spelling: Members = { mediatype: 'mediaType' };

/** What is wrong with a member that would say nothing of what the input is: a link, a value, a bounding box. */
export function misplacedMember(
  members: Members,
  isBoundingBox: boolean,
  hasValue: boolean,
): string | undefined {
  const given = Object.keys(members);
  const listOf = (keys: readonly string[]) => keys.map((key) => `[${spelling[key] ?? key}]`).join(', ');
  if (members['href'] !== undefined) {
    const ofValues = given.filter((key) => ['encoding', 'schema', 'crs'].includes(key));
    if (members['type'] !== undefined && members['mediatype'] !== undefined) ofValues.push('mediatype');
    if (ofValues.length === 0) return undefined;
    return `has ${listOf(ofValues)}, which does not apply to a link: with [href], give only ${listOf(ofLinks)}.`;
  }
  if (given.length > 0 && !hasValue && members['value'] === undefined) {
    return `has ${listOf(given)} but no value: give it as name=..., name[value]=... or name[href]=....`;
  }
  const links = given.filter((key) => ofLinks.includes(key));
  if (links.length > 0) {
    return `has ${listOf(links)}, which applies to links only: with a value, give only [mediaType], [encoding], [schema].`;
  }
  if (members['crs'] !== undefined && !isBoundingBox) {
    return 'has [crs], which applies to bounding boxes only: data state their CRS themselves.';
  }
  return undefined;
}

/** A reference (/req/kvp-execute/input-by-reference), as the body of a POST has it. */
export function reference({ mediatype, ...link }: Members): unknown {
  return mediatype === undefined ? link : { ...link, type: mediatype };
}

/** Of which format a value is, as the body of a POST says it. */
export type Format = Members;

/** The members of a value that say of which format it is. */
export const formatOf = ({ mediatype, encoding, schema }: Members): Format => ({
  ...(mediatype === undefined ? {} : { mediaType: mediatype }),
  ...(encoding === undefined ? {} : { encoding }),
  ...(schema === undefined ? {} : { schema }),
});
