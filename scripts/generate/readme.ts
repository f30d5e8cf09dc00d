import type { ProcessDeclaration } from '../../core/processes/declaration.ts';

const BEGIN = '<!-- The table is generated from the declarations by "npm run generate". -->';
const END = '<!-- End of the table. -->';

/** Where the comparison with other services says how many processes there are. */
const COUNT = /\| \d+ geoprocesses \|/;

/** The README of the project with its table of processes, and their number, as the declarations are. @throws when it has no place for it */
export function projectReadme(readme: string, processes: readonly ProcessDeclaration[]): string {
  const [before, rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error('README.md has no place for the table of processes');
  if (!COUNT.test(readme)) throw new Error('README.md does not say how many geoprocesses there are');
  const text = `${before}${BEGIN}\n${renderTable(processes)}\n${END}${after}`;
  // Those that only echo are for tests.
  const count = processes.filter(({ id }) => !/^echo/i.test(id)).length;
  return text.replace(COUNT, `| ${count} geoprocesses |`);
}

function renderTable(processes: readonly ProcessDeclaration[]): string {
  const rows = processes.map(
    ({ id, description, computeClass }) =>
      `| [\`${id}\`](processes/${id}/README.md) | ${firstSentence(description)} | ${computeClass} |`,
  );
  return ['', '| Process | What it does | Compute class |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

const firstSentence = (text: string): string => text.replaceAll('|', '\\|').replace(/^(.+?\.)\s.*$/s, '$1');
