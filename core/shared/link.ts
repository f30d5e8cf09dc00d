/** A link as the standard writes it (RFC 8288). */
export interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type?: string;
  readonly title?: string;
  readonly hreflang?: string;
}

/** A link as the header `Link` has it (RFC 8288, 3). */
export const linkHeader = ({ href, rel, type, title }: Link): string =>
  [
    `<${href}>`,
    `rel="${rel}"`,
    ...(type === undefined ? [] : [`type="${type}"`]),
    ...(title === undefined ? [] : [`title="${title}"`]),
  ].join('; ');
