import { processStrings } from '../../strings/process.ts';
import { icon } from './parts/icons.ts';
import { html, type Markup } from './parts/markup.ts';

const MOST = 20_000;

/** The request that a form makes, as JSON and as commands; a script keeps it current. */
export function requestMarkup(
  processID: string,
  baseUrl: string,
  inputs: Readonly<Record<string, unknown>>,
): Markup {
  const body = JSON.stringify({ inputs }, undefined, 2);
  const text = body.length > MOST ? `${body.slice(0, MOST)}…` : body;
  return html`<details class="panel code" data-code open><summary>${processStrings.code}</summary>
<div data-code-texts><h3>JSON</h3><pre data-module="copy" data-code-json tabindex="0">${text}</pre>
<h3>curl</h3><pre data-module="copy" data-code-curl tabindex="0">curl -L "${baseUrl}/processes/${processID}/execution" \\
  -H 'Content-Type: application/json' -d @request.json</pre></div>
<p class="actions"><button type="button" class="small" data-share hidden>${icon('link')}${processStrings.copyLink}</button></p></details>`;
}
