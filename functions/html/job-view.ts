import type { ApiRequest } from '../../core/api/http.ts';
import { isFinal } from '../../core/jobs/lifecycle.ts';
import type { StatusInfo } from '../../core/jobs/status-info.ts';
import type { ProblemDocument } from '../../core/shared/problems.ts';
import { processes } from '../../processes/index.ts';
import { jobsStrings } from '../../strings/jobs.ts';
import { pageStrings } from '../../strings/page.ts';
import { processTitle } from './jobs-view.ts';
import { logTable } from './log-view.ts';
import { icon } from './parts/icons.ts';
import { html, type Markup } from './parts/markup.ts';
import { workbench } from './process-view.ts';
import { resultsMarkup } from './results.ts';
import type { ShownJob } from './shown-job.ts';
import { statusMarkup } from './status.ts';
import { technicalMarkup } from './technical.ts';
import { durationText, timeMarkup } from './times.ts';
import { crumb, type MakeView } from './view.ts';

/** Seconds after which who has no scripts sees a job anew. */
const REFRESH_SECONDS = 4;

/** A job: how it stands, what came of it, what it said, and its form to run it again with changes. */
export const jobView: MakeView = (resource, request, given) => {
  const job = resource as unknown as StatusInfo;
  const shown = given as ShownJob | undefined;
  const { jobID, processID, title, status, exception, ...rest } = job;
  const name = title ?? processTitle(processID);
  const { baseUrl } = request;
  return {
    title: `${name}: ${jobsStrings.statuses[status]}`,
    heading: html`<h1>${name} <span class="count">${jobsStrings.job(jobID.slice(0, 8))}</span></h1>`,
    crumbs: [crumb(request, '/', pageStrings.start), crumb(request, '/jobs', pageStrings.jobs)],
    isWide: true,
    ...(isFinal(status) || isAsked(request) ? {} : { refreshSeconds: REFRESH_SECONDS }),
    content: html`<div data-module="job" data-job="${baseUrl}/jobs/${jobID}" data-status="${status}">
${isAsked(request) ? confirmMarkup(job, baseUrl) : ''}${statusPanel(job, baseUrl)}
${exception ? failureMarkup(exception, processID) : ''}
${status === 'successful' && shown ? resultsMarkup(job, shown, baseUrl) : ''}
${shown ? html`<details class="log"${status === 'successful' ? '' : html` open`}><summary>${jobsStrings.log} <span class="count">${shown.log.length}</span></summary><div data-log>${logTable(shown.log)}</div></details>` : ''}
${againMarkup(job, shown, request)}
</div>${technicalMarkup({ jobID, status, processID, ...(title === undefined ? {} : { title }), ...rest, ...(exception ? { exception } : {}) })}`,
  };
};

/** Whether the page is to ask if the job should really be cancelled or deleted. */
const isAsked = ({ query }: ApiRequest): boolean => query['sure']?.includes('no') ?? false;

/** What cannot be undone is asked for twice; with scripts the button itself asks. */
function confirmMarkup({ jobID, status }: StatusInfo, baseUrl: string): Markup {
  const [sure, { question, yes }] = isFinal(status)
    ? (['delete', jobsStrings.removal] as const)
    : (['cancel', jobsStrings.cancelling] as const);
  return html`<form class="notice warn" method="post" action="${baseUrl}/jobs/${jobID}/dismissal"><p><strong>${question}</strong> ${jobsStrings.cannotBeUndone}</p><p class="actions"><button class="danger" name="sure" value="${sure}">${yes}</button><a class="button" href="${baseUrl}/jobs/${jobID}?f=html">${jobsStrings.keep}</a></p></form>`;
}

function statusPanel(job: StatusInfo, baseUrl: string): Markup {
  const { jobID, processID, status, progress, message, created, warnings, exception } = job;
  const isRunning = !isFinal(status);
  const ask = `${baseUrl}/jobs/${jobID}?f=html&sure=no`;
  return html`<div class="panel job" role="status"><p class="head"><span data-state>${statusMarkup(status, undefined)}</span> <span data-message>${exception || message?.toLowerCase() === status ? '' : message}</span></p>
${isRunning ? html`<progress max="100" value="${progress ?? 0}" data-progress aria-label="${pageStrings.progress}"></progress><p class="soft"><span data-percent>${jobsStrings.percent(progress ?? 0)}</span></p>` : ''}
<dl><dt class="known">${jobsStrings.process}</dt><dd class="known"><a href="${baseUrl}/processes/${encodeURIComponent(processID)}?f=html">${processTitle(processID)}</a></dd><dt class="known">${jobsStrings.created}</dt><dd class="known">${timeMarkup(created)}</dd>${durationText(job) === '' ? '' : html`<dt>${jobsStrings.duration}</dt><dd>${durationText(job)}</dd>`}${warnings ? html`<dt>${jobsStrings.warningsLabel}</dt><dd><a href="#log" class="status warning">${warnings}</a></dd>` : ''}<dt class="known">${jobsStrings.jobLabel}</dt><dd class="known"><code>${jobID}</code></dd></dl>
<p class="actions">${isRunning ? html`<a class="button danger" data-cancel href="${ask}">${icon('stop')}${jobsStrings.cancel}</a>` : html`<a class="button" href="#again">${icon('again')}${jobsStrings.again}</a><a class="button danger" data-remove href="${ask}">${jobsStrings.remove}</a>`}</p></div>`;
}

/** Why a job failed: the faults, and where they lie. */
const failureMarkup = ({ title, detail, errors, instance }: ProblemDocument, processID: string): Markup =>
  html`<div class="notice bad" role="alert"><p><strong>${title}</strong></p>${errors ? html`<ul>${errors.map((fault) => html`<li>${placeMarkup(fault.pointer, processID)}${fault.detail}</li>`)}</ul>` : html`<p>${detail}</p>`}${instance ? html`<p><small>${jobsStrings.instance}<code>${instance}</code></small></p>` : ''}<p>${jobsStrings.correct((text) => html`<a href="#again">${text}</a>`)}</p></div>`;

/** The title of the input that a pointer leads to, and the pointer. */
function placeMarkup(pointer: string, processID: string): Markup | string {
  if (pointer === '') return '';
  const [, id = ''] = /^\/inputs\/([^/]+)/.exec(pointer) ?? [];
  const title = processes.find((process) => process.id === processID)?.inputs[id]?.title;
  return html`${title ? html`<strong>${title}</strong> ` : ''}<code>${pointer}</code> `;
}

function againMarkup(job: StatusInfo, shown: ShownJob | undefined, request: ApiRequest): Markup | string {
  const process = processes.find(({ id }) => id === job.processID);
  if (!process || !shown || !isFinal(job.status)) return '';
  const { inputs = {}, formats } = shown;
  const faults = job.exception?.errors ?? [];
  return html`<details class="again"${job.status === 'successful' ? '' : html` open`}><summary>${jobsStrings.again}</summary><div id="again">${shown.inputs ? '' : html`<p class="notice warn">${jobsStrings.inputsGone}</p>`}
${workbench(process, request, { inputs, formats, title: job.title, faults })}</div></details>`;
}
