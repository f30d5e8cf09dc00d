import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { App } from 'aws-cdk-lib/core';
import { root } from '../../../infra/bundles.ts';
import { type Settings, settingsFor } from '../../../infra/config/config.ts';
import { LARGE_ENTRY } from '../../../infra/constructs/large-code.ts';
import { makeService, type Service } from '../../../infra/service.ts';

// biome-ignore lint/suspicious/noExplicitAny: templates are JSON that the tests look into
export type Json = any;

export interface Resource {
  readonly Type: string;
  readonly Properties: Json;
  readonly DeletionPolicy?: string;
}

export interface Templates {
  readonly app: App;
  readonly service: Service;
  readonly settings: Settings;
  readonly state: Template;
  readonly compute: Template;
  readonly api: Template;
  readonly watch?: Template;
}

// Validating against the schemas of CloudFormation takes seconds per App; `npm run deploy` does it.
process.env['CDK_VALIDATION'] = 'false';

const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as {
  context: Record<string, unknown>;
};

/** The stacks of a stage as CloudFormation gets them; the code of the functions is left out. */
export function synthesizeTemplates(stage: string, changes: Partial<Settings> = {}): Templates {
  const settings = { ...settingsFor(stage), ...changes };
  const app = new App({ context });
  const service = makeService(app, settings, (entry) =>
    // A task fetches its code from S3; which files these are changes nothing about the templates.
    entry === LARGE_ENTRY
      ? Code.fromAsset(join(root, 'functions', 'bootstrap'))
      : Code.fromInline('export const handler = () => {};'),
  );
  return {
    app,
    service,
    settings,
    state: Template.fromStack(service.state),
    compute: Template.fromStack(service.compute),
    api: Template.fromStack(service.api),
    ...(service.watch ? { watch: Template.fromStack(service.watch) } : {}),
  };
}

export const findResources = (template: Template, type: string): Record<string, Resource> =>
  template.findResources(type) as Record<string, Resource>;

/** The only resource of a type. */
export function findOnlyResource(template: Template, type: string): Resource {
  const found = Object.values(findResources(template, type));
  if (found.length !== 1 || !found[0]) throw new Error(`There are ${found.length} resources of type ${type}`);
  return found[0];
}

export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Json>>;
}

/** What the role of each function may do, by the description of the function; intrinsics as JSON text. */
export function statementsByFunction(template: Template): Map<string, Statement[]> {
  const policies = Object.values(findResources(template, 'AWS::IAM::Policy'));
  return new Map(
    Object.values(findResources(template, 'AWS::Lambda::Function')).map(({ Properties }) => {
      const role: string = Properties.Role['Fn::GetAtt'][0];
      const ofRole = policies.filter(({ Properties: { Roles } }) =>
        Roles.some(({ Ref }: Json) => Ref === role),
      );
      const statements: Json[] = ofRole.flatMap(({ Properties: policy }) => policy.PolicyDocument.Statement);
      return [Properties.Description, statements.map(asLists)];
    }),
  );
}

function asLists({ Action, Resource, Condition }: Json): Statement {
  return {
    ...(Condition ? { conditions: Condition } : {}),
    actions: [Action].flat(),
    resources: [Resource]
      .flat()
      .map((resource) => (typeof resource === 'string' ? resource : JSON.stringify(resource))),
  };
}
