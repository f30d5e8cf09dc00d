/** What a query of CloudWatch Logs Insights asks for, as far as this project writes any. */
export interface InsightsQuery {
  /** Members of lines that it names, as paths: `cause.error`. */
  readonly members: readonly string[];
  /** Values of `message` that it selects; none where it selects by something else. */
  readonly messages: readonly string[];
}

/** The queries in a page: code that begins with a command of the language. */
export const findQueries = (markdown: string): string[] =>
  [...markdown.matchAll(/```\n(.*?)```|`([^`\n]+)`/gs)]
    .map(([, block, span]) => (block ?? span ?? '').trim())
    .filter((code) => /^(?:fields|filter|stats)\s/.test(code));

export function parseQuery(text: string): InsightsQuery {
  const members = new Set<string>();
  // Values are no names; what is quoted or between slashes may have any words.
  for (const command of text.replaceAll(/"[^"]*"|\/[^/]+\//g, '0').split('|')) {
    const [, verb = '', rest = ''] = /^\s*(\w+)\s+(.*)$/s.exec(command) ?? [];
    const [terms = '', groups = ''] = verb === 'stats' ? rest.split(/\sby\s/) : [rest];
    for (const [name] of `${terms},${groups}`.matchAll(/[@A-Za-z][\w@.]*(?!\w*\()/g))
      if (!/^(?:and|or|not|like|in|asc|desc)$/.test(name)) members.add(name);
  }
  const messages = [...text.matchAll(/\bmessage\s*=\s*"([^"]+)"/g)].map(([, message = '']) => message);
  return { members: [...members], messages };
}
