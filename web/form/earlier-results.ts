import type { StatusInfo } from '../../core/jobs/status-info.ts';
import { scriptStrings } from '../../strings/scripts.ts';
import { element } from '../shared/dom.ts';

/** Titles of processes with the output that fits, by id. */
type Makers = Readonly<Record<string, readonly [title: string, output: string]>>;

/**
 * The results of the last jobs that fit a field, to choose one as its input; they are asked for when they are wanted.
 * @param kind what the field takes
 */
export function earlierResults(field: HTMLElement, kind: 'layer' | 'raster', baseUrl: string) {
  const { layerResults, rasterResults } = field.closest('form')?.dataset ?? {};
  const makers = JSON.parse((kind === 'layer' ? layerResults : rasterResults) ?? '{}') as Makers;
  const select = element('select', { 'aria-label': scriptStrings.result });
  const panel = element('div', { class: 'way', 'data-way': 'result' }, select);
  const load = async (): Promise<void> => {
    const options = (await readJobs(baseUrl, Object.keys(makers))).flatMap((job) =>
      toOption(job, makers, baseUrl),
    );
    // Others may have come since the list was opened before.
    const chosen = select.value;
    select.replaceChildren(
      element(
        'option',
        { value: '' },
        options.length > 0 ? scriptStrings.chooseResult : scriptStrings.noResults,
      ),
      ...options,
    );
    select.value = chosen;
  };
  return { panel, load, href: () => select.value };
}

async function readJobs(baseUrl: string, processIDs: readonly string[]): Promise<readonly StatusInfo[]> {
  const query = `status=successful&limit=50&processID=${processIDs.join(',')}`;
  const response = await fetch(`${baseUrl}/jobs?${query}`, { headers: { Accept: 'application/json' } });
  return response.ok ? ((await response.json()) as { jobs: readonly StatusInfo[] }).jobs : [];
}

function toOption(job: StatusInfo, makers: Makers, baseUrl: string): HTMLElement[] {
  const { jobID, processID, title, finished = '' } = job;
  const maker = makers[processID];
  if (!maker) return [];
  const [process, output] = maker;
  const time = `${finished.replace('T', ' ').replace(/\..*|Z$/, '')} UTC`;
  const name = [...(title === undefined ? [] : [title]), process, time].join(' · ');
  return [element('option', { value: `${baseUrl}/jobs/${jobID}/results/${output}` }, name)];
}
