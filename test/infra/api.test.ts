import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allowedMethods, hasHead, operationList } from '../../core/api/operations.ts';
import { layerFormats, rasterInputFormats, rasterOutputFormats } from '../../core/shared/formats.ts';
import {
  findOnlyResource,
  findResources,
  type Json,
  type Resource,
  synthesizeTemplates,
} from './support/service.ts';

const { api, settings } = synthesizeTemplates('production');
const resources = findResources(api, 'AWS::ApiGateway::Resource');
const [apiId = ''] = Object.keys(findResources(api, 'AWS::ApiGateway::RestApi'));

/** Path of a resource id of the template. */
function makePath(reference: Json): string {
  if (reference['Fn::GetAtt']) return '/';
  const { Properties } = resources[reference.Ref] as Resource;
  return `${makePath(Properties.ParentId).replace(/\/$/, '')}/${Properties.PathPart}`;
}

const methods = new Map<string, Json>(
  Object.values(findResources(api, 'AWS::ApiGateway::Method')).map(({ Properties }) => [
    `${Properties.HttpMethod} ${makePath(Properties.ResourceId)}`,
    Properties,
  ]),
);

const REFUSES = 'Answers methods and paths that are not supported';

/** Description of the function that answers a method. */
function findAnswerer(method: string): string {
  const uri = JSON.stringify(methods.get(method)?.Integration.Uri ?? '');
  const found = Object.entries(findResources(api, 'AWS::Lambda::Function')).find(([id]) =>
    uri.includes(`"${id}"`),
  );
  return found?.[1].Properties.Description ?? '';
}

describe('the routes', () => {
  for (const operation of operationList) {
    const { operationId, method, path, summary } = operation;
    test(`${operationId} answers ${method} ${path}${hasHead(operation) ? ', and HEAD' : ''}`, () => {
      assert.equal(findAnswerer(`${method} ${path}`), summary);
      assert.equal(methods.get(`${method} ${path}`).Integration.Type, 'AWS_PROXY');
      if (hasHead(operation)) assert.equal(findAnswerer(`HEAD ${path}`), summary);
    });
  }

  const paths = [...new Set(operationList.map(({ path }) => path))];
  for (const path of paths) {
    test(`any other method on ${path} is refused, and a preflight is answered without a function`, () => {
      assert.equal(findAnswerer(`ANY ${path}`), REFUSES);
      const { Integration } = methods.get(`OPTIONS ${path}`);
      assert.equal(Integration.Type, 'MOCK');
      // With binary type */* the template would get base64 otherwise, and the preflight a 500.
      assert.equal(Integration.ContentHandling, 'CONVERT_TO_TEXT');
      assert.deepEqual(JSON.parse(Integration.RequestTemplates['application/json']), { statusCode: 204 });
      const [response] = Integration.IntegrationResponses;
      assert.equal(response.StatusCode, '204');
      const header = (name: string) => response.ResponseParameters[`method.response.header.${name}`];
      assert.equal(header('Access-Control-Allow-Origin'), "'*'");
      assert.equal(header('Access-Control-Allow-Methods'), `'${allowedMethods(path).join(',')}'`);
      for (const name of ['Prefer', 'Content-Type', 'Authorization']) {
        assert.ok(header('Access-Control-Allow-Headers').includes(name), name);
      }
      for (const name of ['Location', 'Link', 'Preference-Applied', 'Content-Location', 'Allow']) {
        assert.ok(header('Access-Control-Expose-Headers').includes(name), name);
      }
    });
  }

  test('there are no others', () => {
    const expected = paths.flatMap((path) => [
      ...allowedMethods(path).map((method) => `${method} ${path}`),
      `ANY ${path}`,
    ]);
    assert.deepEqual([...methods.keys()].sort(), [...expected, 'ANY /{proxy+}'].sort());
  });

  test('only this API may call the functions', () => {
    for (const { Properties } of Object.values(findResources(api, 'AWS::Lambda::Permission'))) {
      assert.equal(Properties.Principal, 'apigateway.amazonaws.com');
      assert.ok(JSON.stringify(Properties.SourceArn).includes(`"Ref":"${apiId}"`));
    }
  });
});

describe("API Gateway's own errors", () => {
  const responses = Object.values(findResources(api, 'AWS::ApiGateway::GatewayResponse')).map(
    ({ Properties }) => Properties,
  );

  const kinds: Readonly<Record<string, number>> = {
    MISSING_AUTHENTICATION_TOKEN: 404,
    RESOURCE_NOT_FOUND: 404,
    REQUEST_TOO_LARGE: 413,
    UNSUPPORTED_MEDIA_TYPE: 415,
    THROTTLED: 429,
    QUOTA_EXCEEDED: 429,
    UNAUTHORIZED: 401,
    ACCESS_DENIED: 403,
    INTEGRATION_TIMEOUT: 504,
    INTEGRATION_FAILURE: 504,
    DEFAULT_4XX: 400,
    DEFAULT_5XX: 500,
  };
  for (const [kind, status] of Object.entries(kinds)) {
    test(`${kind} is ${status}`, () => {
      const response = responses.find(({ ResponseType }) => ResponseType === kind);
      assert.equal(response?.StatusCode, String(status));
    });
  }

  test('say of a body that is too large how much is taken, and the way for local files', () => {
    const { ResponseTemplates } =
      responses.find(({ ResponseType }) => ResponseType === 'REQUEST_TOO_LARGE') ?? {};
    const { detail } = JSON.parse(ResponseTemplates['application/json']);
    assert.match(detail, /may have 4194304 bytes\..* POST \/uploads/);
  });

  test('are problem documents that say the status and what to do, and that pages of other origins can read', () => {
    assert.equal(responses.length, 21);
    for (const { ResponseTemplates, ResponseParameters, StatusCode, ResponseType } of responses) {
      const document = JSON.parse(ResponseTemplates['application/json']);
      assert.deepEqual(Object.keys(document), ['type', 'title', 'status', 'detail'], ResponseType);
      assert.equal(document.type, 'about:blank');
      assert.equal(String(document.status), StatusCode);
      assert.ok(document.detail.length > 20);
      assert.equal(ResponseParameters['gatewayresponse.header.Access-Control-Allow-Origin'], "'*'");
      if (StatusCode === '429') assert.equal(ResponseParameters['gatewayresponse.header.Retry-After'], "'1'");
    }
  });
});

describe('unknown paths', () => {
  test('have a route to the function that refuses, which answers people with a page', () => {
    assert.equal(findAnswerer('ANY /{proxy+}'), REFUSES);
    assert.equal(methods.get('ANY /{proxy+}').AuthorizationType, 'NONE');
  });
});

describe('the REST API', () => {
  test('is regional', () => {
    const { Properties } = findOnlyResource(api, 'AWS::ApiGateway::RestApi');
    assert.deepEqual(Properties.EndpointConfiguration, { Types: ['REGIONAL'] });
  });

  test('takes every body as bytes, and names each binary format for gateways that know no wildcard', () => {
    const { BinaryMediaTypes } = findOnlyResource(api, 'AWS::ApiGateway::RestApi').Properties;
    const formats = [...layerFormats, ...rasterInputFormats, ...rasterOutputFormats];
    for (const { mediaType, binary } of formats) {
      const [essence] = mediaType.split(';');
      assert.equal(BinaryMediaTypes.includes(essence), binary, mediaType);
    }
    for (const mediaType of ['*/*', 'multipart/related', 'application/octet-stream'])
      assert.ok(BinaryMediaTypes.includes(mediaType), mediaType);
    assert.equal(new Set(BinaryMediaTypes).size, BinaryMediaTypes.length);
    // API Gateway takes types without parameters only.
    for (const mediaType of BinaryMediaTypes) assert.match(mediaType, /^[a-z*]+\/[a-z0-9.+*-]+$/);
  });

  test('is throttled, traced and logged, without the bodies', () => {
    const { Properties: stage } = findOnlyResource(api, 'AWS::ApiGateway::Stage');
    assert.equal(stage.StageName, settings.apiStage);
    assert.equal(stage.TracingEnabled, true);
    assert.match(stage.AccessLogSetting.Format, /requestId/);
    const [every] = stage.MethodSettings;
    assert.equal(every.ResourcePath, '/*');
    assert.equal(every.HttpMethod, '*');
    assert.equal(every.ThrottlingRateLimit, settings.throttle.rate);
    assert.equal(every.ThrottlingBurstLimit, settings.throttle.burst);
    // Execution logs would be in a group outside of the stack, which never forgets; the access log has the errors.
    assert.equal(every.LoggingLevel, 'OFF');
    for (const member of [
      '$context.error.message',
      '$context.integrationErrorMessage',
      '$context.authorizer.error',
    ])
      assert.ok(stage.AccessLogSetting.Format.includes(member), member);
    assert.doesNotMatch(stage.AccessLogSetting.Format, /querystring|authorization/i);
    assert.equal(every.DataTraceEnabled, false);
  });

  test('has throttles of its own for the methods that execute, upload or dismiss, and for no other', () => {
    const { Properties: stage } = findOnlyResource(api, 'AWS::ApiGateway::Stage');
    const [, ...single] = stage.MethodSettings;
    const { rate, burst } = settings.executionThrottle;
    const expected = operationList
      .filter(({ scope }) => scope === 'execute')
      .map(({ path, method }) => `${method} ${path}`);
    assert.deepEqual(
      single
        .map(
          ({ HttpMethod, ResourcePath }: Json) =>
            `${HttpMethod} ${ResourcePath.replaceAll('~1', '/').replace(/^\/\//, '/')}`,
        )
        .sort(),
      expected.sort(),
    );
    for (const { ThrottlingRateLimit, ThrottlingBurstLimit } of single)
      assert.deepEqual([ThrottlingRateLimit, ThrottlingBurstLimit], [rate, burst]);
  });

  test('has a known id on emulators only', () => {
    const tags = (template: typeof api) =>
      JSON.stringify(findOnlyResource(template, 'AWS::ApiGateway::RestApi').Properties.Tags ?? []);
    assert.match(tags(synthesizeTemplates('local').api), /"ms-custom-id","Value":"ogcapi"/);
    assert.match(tags(synthesizeTemplates('local').api), /"_custom_id_","Value":"ogcapi"/);
    assert.doesNotMatch(tags(api), /custom/);
  });

  test('tells its base URL: the public one, or its own with the stage', () => {
    const findOutput = (template: typeof api) =>
      JSON.stringify(template.findOutputs('BaseUrl')['BaseUrl']?.['Value']);
    assert.match(findOutput(api), /execute-api.*\/v1"/);
    const behind = synthesizeTemplates('dev', { publicBaseUrl: 'https://processes.example.org' });
    assert.equal(findOutput(behind.api), '"https://processes.example.org"');
    for (const { Properties } of Object.values(findResources(behind.api, 'AWS::Lambda::Function'))) {
      assert.equal(Properties.Environment.Variables.PUBLIC_BASE_URL, 'https://processes.example.org');
    }
  });
});
