import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { conformanceClasses } from '../../core/api/conformance.ts';

export interface Requirement {
  /** Identifier in the draft of 2.0, or in 1.0 where only that has it. */
  readonly id: string;
  readonly versions: readonly ('1.0' | '2.0')[];
  /** Identifier in 1.0 where it differs. */
  readonly idIn10?: string;
}

export interface Catalogue {
  readonly requirements: readonly Requirement[];
  readonly recommendationsAndPermissions: readonly string[];
}

/** A test by its name, and the file that it is in. */
export interface Proof {
  readonly name: string;
  readonly file: string;
}

/** Requirements, recommendations and permissions of Part 1, version 1.0 (18-062r2) and the draft of 2.0. */
export const catalogueIn = (root: string): Catalogue =>
  JSON.parse(readFileSync(join(root, 'test/conformance/requirements.json'), 'utf8'));

/** Why an identifier needs no test. */
export const reasonsIn = (root: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(join(root, 'test/conformance/not-applicable.json'), 'utf8'));

const IDENTIFIER = /\/(?:req|rec|per)\/[\w-]+(?:\/[\w-]+)*/g;
/** A string that is the name of a test or of a group, or a member `name` of a table of cases. */
const NAMES =
  /(?:\b(?:test|it|describe)\(|\bname:|\[)\s*(['"`])((?:(?!\1).)*\/(?:req|rec|per)\/(?:(?!\1).)*)\1/g;

/** Tests by the identifiers that their names say they prove. */
export function proofsIn(root: string): ReadonlyMap<string, readonly Proof[]> {
  const proofs = new Map<string, Proof[]>();
  for (const file of globSync('test/**/*.test.ts', { cwd: root }).sort()) {
    for (const [, , name = ''] of readFileSync(join(root, file), 'utf8').matchAll(NAMES)) {
      for (const [id] of name.matchAll(IDENTIFIER)) {
        proofs.set(id, [...(proofs.get(id) ?? []), { name, file }]);
      }
    }
  }
  return proofs;
}

/** All tests that prove a requirement under either of its names. */
export const findProofs = (
  proofs: ReadonlyMap<string, readonly Proof[]>,
  { id, idIn10 }: Requirement,
): readonly Proof[] => [
  ...(proofs.get(id) ?? []),
  ...(idIn10 === undefined ? [] : (proofs.get(idIn10) ?? [])),
];

/** `docs/conformance.md`: a row per requirement with what proves it. */
export function conformanceDocument(root: string): string {
  const { requirements, recommendationsAndPermissions } = catalogueIn(root);
  const proofs = proofsIn(root);
  const reasons = reasonsIn(root);
  const cell = (id: string, found: readonly Proof[]) =>
    found.length > 0 ? found.map(proofText).join('<br>') : (reasons[id] ?? '**open**');
  const section = (version: '1.0' | '2.0') => {
    const rows = requirements
      .filter(({ versions }) => versions.includes(version))
      .map(
        (row) =>
          `| \`${version === '1.0' ? (row.idIn10 ?? row.id) : row.id}\` | ${cell(row.id, findProofs(proofs, row))} |`,
      );
    return `## Part 1, version ${version}${version === '2.0' ? ' (draft)' : ''}\n\nClaimed: ${conformanceClasses[version].join(', ')}.\n\n${rows.length} requirements.\n\n| Requirement | Proved by |\n| --- | --- |\n${rows.join('\n')}\n`;
  };
  const others = recommendationsAndPermissions.map(
    (id) => `| \`${id}\` | ${cell(id, proofs.get(id) ?? [])} |`,
  );
  return `<!-- Generated from the names of the tests by "npm run generate". -->

# Conformance

What proves each requirement of OGC API - Processes - Part 1. Tests name the requirements that they prove; a test fails when a
requirement has neither a test nor a reason why it needs none, and when \`/conformance\` claims a class with such a row.

${section('1.0')}
${section('2.0')}
## Recommendations and permissions

| Recommendation or permission | Proved by, or why not |
| --- | --- |
${others.join('\n')}
`;
}

const proofText = ({ name, file }: Proof): string =>
  `${name.replaceAll('|', '\\|').replaceAll('<', '&lt;')} ([${file.replace(/^test\//, '')}](../${file}))`;
