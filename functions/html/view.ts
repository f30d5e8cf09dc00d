import type { ApiRequest } from '../../core/api/http.ts';
import type { Markup } from './parts/markup.ts';

/** A page above this one. */
export interface Crumb {
  readonly href: string;
  readonly name: string;
}

/** What a page says. */
export interface View {
  /** Of the window, and of the page where it has no other heading. */
  readonly title: string;
  readonly heading?: Markup;
  readonly crumbs?: readonly Crumb[];
  readonly content: Markup;
  /** True where a map or a table takes all of the width. */
  readonly isWide?: boolean;
  /** Seconds after which who has no scripts sees the page anew. */
  readonly refreshSeconds?: number;
}

export type ApiQuery = ApiRequest['query'];
export type Resource = Readonly<Record<string, unknown>>;

/** Makes the page of a resource. @param shown what the operation gives to a page beyond the resource */
export type MakeView = (resource: Resource, request: ApiRequest, shown?: unknown) => View;

/** The crumb that leads to a place of the service. */
export const crumb = ({ baseUrl }: ApiRequest, path: string, name: string): Crumb => ({
  href: `${baseUrl}${path}?f=html`,
  name,
});
