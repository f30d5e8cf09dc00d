import type { StatusInfo } from '../../core/jobs/status-info.ts';
import { element } from '../shared/dom.ts';
import { strings } from '../strings.ts';

/** The results of the last jobs, to choose one as an input; they are asked for when they are wanted. */
export function earlierResults(baseUrl: string) {
  const select = element('select', { 'aria-label': strings.result });
  const panel = element('div', { class: 'way', 'data-way': 'result' }, select);
  let isLoaded = false;
  const load = async (): Promise<void> => {
    if (isLoaded) return;
    isLoaded = true;
    const response = await fetch(`${baseUrl}/jobs?status=successful&limit=50`, {
      headers: { Accept: 'application/json' },
    });
    const { jobs = [] } = response.ok ? ((await response.json()) as { jobs: StatusInfo[] }) : {};
    const options = jobs.map(({ jobID, processID, finished = '' }) =>
      element(
        'option',
        { value: `${baseUrl}/jobs/${jobID}/results` },
        `${processID}, ${finished.replace('T', ' ').replace(/\..*/, '')} UTC`,
      ),
    );
    select.replaceChildren(
      element('option', { value: '' }, options.length > 0 ? strings.chooseResult : strings.noResults),
      ...options,
    );
  };
  return { panel, load, href: () => select.value };
}
