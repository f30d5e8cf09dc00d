import { conformanceUri } from '../shared/uris.ts';

/** Conformance classes of Part 1 that the service implements, by version. The tests of each are in `docs/conformance.md`. */
export const conformanceClasses = {
  '1.0': ['core', 'ogc-process-description', 'json', 'html', 'oas30', 'job-list', 'callback', 'dismiss'],
  '2.0': [
    'core',
    'ogc-process-description',
    'json',
    'html',
    'oas30',
    'oas31',
    'job-list',
    'callback',
    'dismiss',
    'kvp-execute',
    'query-param-profile',
    'collection-input',
    'remote-collections',
    'local-filtering',
    'collection-output',
  ],
} as const;

/** URIs for `conformsTo` (/req/core/conformance-success). */
export const conformsTo: readonly string[] = (['1.0', '2.0'] as const).flatMap((version) =>
  conformanceClasses[version].map((name) => conformanceUri(version, name)),
);
