import type { ApiRequest } from '../../core/api/http.ts';
import { signInFor } from '../../core/api/sign-in.ts';
import { isObject } from '../../core/shared/json.ts';
import { problemTypes } from '../../core/shared/problem-types.ts';
import type { ProblemDocument } from '../../core/shared/problems.ts';
import { ExceptionType } from '../../core/shared/uris.ts';
import { processes } from '../../processes/index.ts';
import { pageStrings } from '../../strings/page.ts';
import { problemsStrings } from '../../strings/problems.ts';
import type { FormValues } from './form/form-values.ts';
import { html, type Markup } from './parts/markup.ts';
import { processFormView } from './process-view.ts';
import { canSignIn, signInWall } from './sign-in.ts';
import { crumb, type View } from './view.ts';

/** What happened and what to do; after a form, the form with what is wrong at its fields. */
export function problemView(problem: ProblemDocument, request: ApiRequest, shown: unknown): View {
  const process = processes.find(({ id }) => id === request.pathParameters['processID']);
  if (process && isFormValues(shown)) return processFormView(process, request, shown, problem.title);
  if (problem.status === 401 && canSignIn(signInFor(request)))
    return {
      title: pageStrings.signIn,
      crumbs: [crumb(request, '/', pageStrings.start)],
      content: signInWall(),
    };
  return {
    title: `${problem.status}: ${problem.title}`,
    heading: html`<h1>${problem.title}</h1>`,
    crumbs: [crumb(request, '/', pageStrings.start)],
    content: problemMarkup(problem, request),
  };
}

const isFormValues = (shown: unknown): shown is FormValues => isObject(shown) && 'faults' in shown;

/** A problem document in words. */
function problemMarkup(
  { type, status, detail, errors, instance }: ProblemDocument,
  { baseUrl, path }: ApiRequest,
): Markup {
  const known = problemTypes.find((one) => type === one.type || type === `${baseUrl}${one.type}`);
  return html`<div class="notice bad">${errors ? '' : html`<p>${detail}</p>`}${errors ? html`<ul>${errors.map((fault) => html`<li><code>${fault.pointer || problemsStrings.theRequest}</code> ${fault.detail}</li>`)}</ul>` : ''}</div>
${known && known.type !== ExceptionType.blank ? html`<p>${remedyMarkup(known.remedy, baseUrl)}</p>` : ''}
<p class="actions"><a class="button" href="${baseUrl}/?f=html">${problemsStrings.startPage}</a> <a class="button" href="${baseUrl}/processes?f=html">${problemsStrings.allProcesses}</a>${path.startsWith('/jobs') ? html` <a class="button" href="${baseUrl}/jobs?f=html">${problemsStrings.allJobs}</a>` : ''}</p>
<dl><dt>${problemsStrings.status}</dt><dd>${status}</dd><dt>${problemsStrings.type}</dt><dd>${/^https?:/.test(type) ? html`<a href="${type}" rel="nofollow">${type}</a>` : type}</dd>${instance ? html`<dt>${problemsStrings.instance}</dt><dd><code>${instance}</code></dd>` : ''}</dl>`;
}

/** What to do, in which a request is a link to its page. */
const remedyMarkup = (remedy: string, baseUrl: string): Markup =>
  html`${remedy.split(/GET (\/[a-z]+)(?![\w/{])/).map((part, index) => (index % 2 === 0 ? part : html`<a href="${baseUrl}${part}?f=html">GET ${part}</a>`))}`;
