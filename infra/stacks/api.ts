import {
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { CfnOutput, RemovalPolicy, Stack, type StackProps, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { allowedMethods, hasHead, type Operation, servedOperations } from '../../core/api/operations.ts';
import { Env } from '../../core/shared/env.ts';
import type { Settings } from '../config/config.ts';
import { accessLogFormat } from '../constructs/access-log-format.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import { authorizeMethods, type MethodAuthorization } from '../constructs/authorize-methods.ts';
import { binaryMediaTypes } from '../constructs/binary-media-types.ts';
import { addPreflight } from '../constructs/cors-preflight.ts';
import { addFrontDoor, endpointProps } from '../constructs/front-door.ts';
import { methodThrottles } from '../constructs/method-throttles.ts';
import { addProblemResponses } from '../constructs/problem-responses.ts';
import { type FunctionDefaults, ServiceFunction } from '../constructs/service-function.ts';
import { serviceLogGroup } from '../constructs/service-log-group.ts';
import type { ServiceUserPool } from '../constructs/user-pool.ts';

/** Finding for the role with which API Gateway writes logs. */
const LOG_ROLE =
  'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]';

export interface ApiStackProps extends StackProps {
  /** Users, in the mode `cognito` of authorization. */
  readonly userPool?: ServiceUserPool | undefined;
}

/** Where browsers find the bucket: presigned URLs lead there. */
const bucketOrigin = ({ settings, targets }: FunctionDefaults): string =>
  settings.storageEndpoint
    ? new URL(settings.storageEndpoint).origin
    : `https://${targets.bucket.bucketRegionalDomainName}`;

/** What clients talk to: a REST API with one function per operation. */
export class ApiStack extends Stack {
  readonly api: RestApi;
  /** Log groups of the functions that execute processes. */
  readonly executing: string[] = [];

  constructor(scope: Construct, id: string, defaults: FunctionDefaults, props: ApiStackProps = {}) {
    const { userPool, ...stackProps } = props;
    super(scope, id, {
      ...stackProps,
      description: 'OGC API - Processes: the API and a function per operation',
    });
    const { settings } = defaults;
    this.api = this.#makeApi(settings);
    for (const [name, value] of Object.entries(settings.apiTags)) Tags.of(this.api).add(name, value);
    const { mode } = settings.authorization;
    addProblemResponses(this.api, mode);
    addFrontDoor(this, this.api, settings.frontDoor);
    const authorization = authorizeMethods(this, this.api, defaults, userPool);
    for (const operation of servedOperations(settings.queryExecution))
      this.#serve(operation, defaults, authorization);
    this.#refuseOtherMethods(defaults, authorization);
    authorization.finish();
    const baseUrl =
      settings.publicBaseUrl ??
      `https://${this.api.restApiId}.execute-api.${this.region}.${this.urlSuffix}/${settings.apiStage}`;
    new CfnOutput(this, 'BaseUrl', { value: baseUrl, description: 'Base URL of the service' });
    new CfnOutput(this, 'ApiId', { value: this.api.restApiId, description: 'Id of the REST API' });
  }

  #makeApi(settings: Settings): RestApi {
    const api = new RestApi(this, 'Api', {
      restApiName: this.stackName,
      description: settings.serviceTitle,
      ...endpointProps(settings.frontDoor),
      binaryMediaTypes: [...binaryMediaTypes],
      cloudWatchRole: settings.apiGatewayLogRole,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
      deployOptions: {
        stageName: settings.apiStage,
        throttlingRateLimit: settings.throttle.rate,
        throttlingBurstLimit: settings.throttle.burst,
        methodOptions: methodThrottles(settings),
        tracingEnabled: true,
        metricsEnabled: true,
        // Its own execution log would be in a group that never forgets, outside of the stack; what it says of errors
        // is in the access log, and what the functions say in theirs.
        loggingLevel: MethodLoggingLevel.OFF,
        dataTraceEnabled: false,
        accessLogDestination: new LogGroupLogDestination(serviceLogGroup(this, 'AccessLogs', settings)),
        accessLogFormat,
      },
    });
    acknowledge(this, {
      'AwsSolutions-APIG2': 'The functions validate; their errors list every fault with its place.',
      ...(settings.frontDoor.webAcl
        ? {}
        : { 'AwsSolutions-APIG3': 'A web ACL costs money while idle; the setting webAcl adds one.' }),
      'AwsSolutions-APIG4':
        'What the column scope of the table of operations calls public is, and everything unless authorization is on.',
      'AwsSolutions-APIG6':
        'The access log has the errors; execution logs would be kept for ever, out of reach.',
      'AwsSolutions-COG4':
        'What the column scope of the table of operations calls public is, and everything unless authorization is on.',
    });
    if (settings.apiGatewayLogRole)
      acknowledge(api, { [LOG_ROLE]: 'The policy is what AWS defines for this role.' });
    return api;
  }

  #serve(operation: Operation, defaults: FunctionDefaults, authorization: MethodAuthorization): void {
    const { operationId, method, path, file, summary, capabilities } = operation;
    const fn = new ServiceFunction(this, operationId, defaults, {
      description: summary,
      entry: `api/${file}`,
      resources: defaults.settings.api,
      capabilities,
      environment: { ...authorization.environment, [Env.BucketOrigin]: bucketOrigin(defaults) },
    });
    if (capabilities.includes('switch:read')) this.executing.push(fn.logGroup.logGroupName);
    const options = authorization.optionsFor(operation);
    const integration = new LambdaIntegration(fn, { allowTestInvoke: false });
    const resource = this.api.root.resourceForPath(path);
    resource.addMethod(method, integration, { ...options, operationName: operationId });
    if (hasHead(operation))
      resource.addMethod('HEAD', integration, { ...options, operationName: `${operationId}Head` });
  }

  #refuseOtherMethods(defaults: FunctionDefaults, authorization: MethodAuthorization): void {
    const fn = new ServiceFunction(this, 'refuseMethod', defaults, {
      description: 'Answers methods and paths that are not supported',
      entry: 'api/refuse-method',
      resources: defaults.settings.api,
      capabilities: [],
      environment: authorization.environment,
    });
    const integration = new LambdaIntegration(fn, { scopePermissionToMethod: false });
    const served = servedOperations(defaults.settings.queryExecution);
    for (const path of new Set(served.map((operation) => operation.path))) {
      const resource = this.api.root.resourceForPath(path);
      resource.addMethod('ANY', integration);
      addPreflight(resource, allowedMethods(path, served).join(','));
    }
    this.api.root.addProxy({ anyMethod: false }).addMethod('ANY', integration);
  }
}
