import {
  CloudFormationClient,
  CreateStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';

/** Id of the API on the emulator, from its tag. */
const API_ID = 'bare';
const STAGE = 'v1';
const NAME = 'bench-bare';

/** A function that answers at once, behind a REST API with a proxy integration, as all functions of the service are. */
const template = {
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        MemorySize: 512,
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: "exports.handler = async () => ({ statusCode: 200, body: '{}' });" },
      },
    },
    Api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: { Name: NAME, Tags: [{ Key: 'ms-custom-id', Value: API_ID }] },
    },
    Method: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        HttpMethod: 'GET',
        AuthorizationType: 'NONE',
        Integration: {
          Type: 'AWS_PROXY',
          IntegrationHttpMethod: 'POST',
          Uri: {
            'Fn::Join': [
              '',
              [
                'arn:aws:apigateway:',
                { Ref: 'AWS::Region' },
                ':lambda:path/2015-03-31/functions/',
                { 'Fn::GetAtt': ['Function', 'Arn'] },
                '/invocations',
              ],
            ],
          },
        },
      },
    },
    Deployment: {
      Type: 'AWS::ApiGateway::Deployment',
      DependsOn: 'Method',
      Properties: { RestApiId: { Ref: 'Api' } },
    },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: 'Deployment' }, StageName: STAGE },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { Ref: 'Function' },
        Principal: 'apigateway.amazonaws.com',
      },
    },
  },
};

/** Deploys it to the emulator that is in use. @returns its address there */
export async function deployBareApi(endpoint: string): Promise<string> {
  const client = new CloudFormationClient({});
  const TemplateBody = JSON.stringify(template);
  await client.send(
    new CreateStackCommand({ StackName: NAME, TemplateBody, Capabilities: ['CAPABILITY_IAM'] }),
  );
  await waitUntilStackCreateComplete(
    { client, minDelay: 1, maxDelay: 2, maxWaitTime: 60 },
    { StackName: NAME },
  );
  client.destroy();
  return `${endpoint}/_aws/execute-api/${API_ID}/${STAGE}/`;
}
