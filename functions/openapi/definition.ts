import type { Authorization } from '../../core/api/authorization.ts';
import { secured } from '../../core/api/openapi/security.ts';
import { operations } from '../../core/api/operations.ts';
import { isNamed, type Provider, providerFromEnvironment } from '../../core/api/provider.ts';
import { serviceTitle } from '../../core/api/service-title.ts';
import { Env, isEnabled } from '../../core/shared/env.ts';
import { definitions } from './definitions.ts';
import { marks } from './marks.ts';

export type OpenapiVersion = keyof typeof definitions;

/** Definitions that are kept: a deployment has few base URLs. */
const KEPT = 8;
const kept = new Map<string, string>();

/** The definition of this API for who sees it at a base URL. */
export function definitionAt(baseUrl: string, version: OpenapiVersion, authorization: Authorization): string {
  const key = `${version} ${baseUrl} ${JSON.stringify(authorization)}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  if (kept.size >= KEPT) kept.clear();
  const made = served(filled(definitions[version](), baseUrl), authorization);
  kept.set(key, made);
  return made;
}

const filled = (text: string, baseUrl: string): string =>
  text
    .replaceAll(marks.baseUrl, () => inJson(baseUrl))
    .replaceAll(marks.title, () => inJson(serviceTitle()))
    .replace(contactMember(marks.contact), () => contactMember(providerFromEnvironment()));

/** The member in JSON; nothing where nobody is named. */
const contactMember = (contact: Provider): string =>
  isNamed(contact) ? `"contact":${JSON.stringify(contact)},` : '';

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Without what the deployment has turned off, and with what it asks of clients. */
function served(text: string, authorization: Authorization): string {
  const withQuery = isEnabled(Env.QueryExecution);
  if (withQuery && authorization.mode === 'none') return text;
  const document = JSON.parse(text) as { paths: Record<string, Record<string, unknown>> };
  if (!withQuery) delete document.paths[operations.executeProcessByQuery.path]?.['get'];
  return JSON.stringify(secured(document, authorization));
}
