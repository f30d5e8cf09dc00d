import type { Sentence } from './page.ts';

/** The page of the definition of the API, and that of the conformance classes. */
export const apiStrings = {
  title: (service: string): string => `${service}: API`,
  lead: <M>(
    description: string,
    version: string,
    links: readonly [openapi30: M, openapi31: M],
  ): Sentence<M> => [
    `${description} Version ${version}. The full definition: `,
    links[0],
    ', ',
    links[1],
    '.',
  ],
  openapi30: 'OpenAPI 3.0',
  openapi31: 'OpenAPI 3.1',
  columns: ['Method', 'Path', 'Description'],
  servers: 'Servers',
  conformance: 'Conformance',
  conformanceLead:
    'Conformance classes of OGC API - Processes that this service implements. Each is covered by tests that name its requirements.',
  conformanceColumns: { name: 'Class', version: 'Version', uri: 'URI' },
  /** What the conformance classes are, by their names in the standard. */
  conformanceClasses: {
    core: 'Core: describe and execute processes, monitor jobs, get results',
    'ogc-process-description': 'OGC process description',
    json: 'JSON for every resource',
    html: 'HTML for every resource',
    oas30: 'API definition in OpenAPI 3.0',
    oas31: 'API definition in OpenAPI 3.1',
    'job-list': 'Lists of jobs, with filters',
    callback: 'Callbacks to a URL when a job makes progress or ends',
    dismiss: 'Jobs can be cancelled and deleted',
    'kvp-execute': 'Execution by query parameters',
    'query-param-profile': 'Response profiles',
    'collection-input': 'Collections of this and other services as inputs',
    'remote-collections': 'Collections of other services',
    'local-filtering': 'Filters on inputs',
    'collection-output': 'Results as collections',
  } as Readonly<Record<string, string>>,
} as const;
