import { landingStrings } from '../../strings/landing.ts';
import { html, type Markup } from './parts/markup.ts';

/** How other software uses the service: texts that work as they stand. */
export const connectMarkup = (baseUrl: string): Markup => html`<div class="panel" data-module="tabs">
<h3>curl</h3><pre data-module="copy" tabindex="0">curl "${baseUrl}/processes/buffer/execution" \\
  -H 'Content-Type: application/json' \\
  -d '{"inputs": {"features": {"type": "Point", "coordinates": [5.12, 52.09]}, "distance": 100}}'</pre>
<h3>Python</h3><pre data-module="copy" tabindex="0">from owslib.ogcapi.processes import Processes

service = Processes("${baseUrl}/")
print([process["id"] for process in service.processes()])
area = service.execute("buffer", inputs={
    "features": {"type": "Point", "coordinates": [5.12, 52.09]},
    "distance": 100,
})</pre>
<h3>QGIS</h3><p>${landingStrings.connectQgis}</p><pre data-module="copy" tabindex="0">${baseUrl}/</pre>
<h3>JavaScript</h3><pre data-module="copy" tabindex="0">const answer = await fetch("${baseUrl}/processes/buffer/execution", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({
    inputs: { features: { type: "Point", coordinates: [5.12, 52.09] }, distance: 100 },
  }),
});
console.log(await answer.json());</pre>
</div>`;
