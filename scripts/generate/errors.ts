import { problemTypes } from '../../core/shared/problem-types.ts';

/** `docs/guide/errors.md`: every type of problem document, from the one list that there is. */
export function errorsDocument(): string {
  const rows = problemTypes.map(({ type, statuses, meaning, remedy }) => {
    const shown = type.startsWith('/') ? `{base URL}${type}` : type;
    return `| \`${shown}\` | ${statuses.join(', ')} | ${meaning} | ${remedy} |`;
  });
  return `# Errors

<!-- Written by "npm run generate" from core/shared/problem-types.ts. -->

Every error is a problem document (RFC 9457), as JSON or, if \`Accept\` prefers it, as HTML. \`type\` is always one of
these URIs: that of OGC API - Processes if the standard defines one, otherwise one below the base URL of the service, which
leads to the same explanation on the API page. Requests that API Gateway refuses itself are always answered in JSON: unknown paths,
invalid credentials, and requests that exceed its throttles or size limits.

| \`type\` | Status | Meaning | What to do |
| --- | --- | --- | --- |
${rows.join('\n')}

\`errors\` lists the faults of a request, each with a JSON pointer into the body (\`/inputs/distance\`) or the name of a
query parameter (\`?limit\`). \`instance\` identifies the request or the job in the log of the service.

Unknown query parameters are answered with 400 by \`GET /collections/{collectionID}/items\`, as OGC API - Features requires, and by
\`GET /processes/{processID}/execution\`, where parameters are inputs. All other operations ignore them: \`GET /jobs?nonsense=1\` is \`GET /jobs\`.
`;
}
