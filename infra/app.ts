import { Code } from 'aws-cdk-lib/aws-lambda';
import { Annotations, App, Validations } from 'aws-cdk-lib/core';
import { settingsFor } from './config/config.ts';
import { findIdle } from './config/variables.ts';
import { LARGE_ENTRY } from './constructs/large-code.ts';
import { entries } from './entries.ts';
import { keepBundles } from './kept-bundles.ts';
import { SecurityChecks } from './security-checks.ts';
import { makeService } from './service.ts';

/** The CDK application. `STAGE` chooses the deployment (default `dev`), see `config.ts` for what the environment can override. */
const { STAGE = 'dev' } = process.env;

const settings = settingsFor(STAGE, process.env);
const bundles = await keepBundles(settings.large.enabled ? [...entries, LARGE_ENTRY] : entries);

const app = new App();
Validations.of(app).addPlugins(new SecurityChecks(app));
const { state } = makeService(
  app,
  settings,
  (entry) => Code.fromAsset(bundles.get(entry)?.directory ?? missing(entry)),
  {
    tags: { project: 'ogc-processes', stage: settings.stage },
  },
);
// What nobody would notice otherwise: it is set, and nothing is different.
for (const [index, sentence] of findIdle(process.env, settings).entries())
  Annotations.of(state).addWarningV2(`ogc-processes:idle-setting-${index}`, sentence);

function missing(entry: string): never {
  throw new Error(`infra/entries.ts does not list ${entry}`);
}
