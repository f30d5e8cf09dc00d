import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { type CfnResource, Duration, Fn, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { UPLOAD_DAYS } from '../../core/uploads/upload.ts';
import { SWITCH_ON } from '../../core/usage/switch-value.ts';
import { type Settings, switchName } from '../config/config.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import { BudgetAlarm } from '../constructs/budget-alarm.ts';
import { Prefix } from '../constructs/grants.ts';
import { jobIndexes } from '../constructs/job-indexes.ts';
import { removalPolicy } from '../constructs/removal.ts';
import { serviceLogGroup } from '../constructs/service-log-group.ts';
import { ServiceUserPool } from '../constructs/user-pool.ts';

/** Id of what the CDK adds where `autoDeleteObjects` is on. */
const EMPTYING = 'Custom::S3AutoDeleteObjectsCustomResourceProvider';

/** What must not get lost: the jobs, their requests and their results. */
export class StateStack extends Stack {
  readonly table: Table;
  readonly bucket: Bucket;
  /** With which the operator stops executions. */
  readonly executionSwitch: StringParameter;
  /** Its versions sign cursors and callbacks: as long-lived as the jobs. */
  readonly signingSecret: Secret;
  /** Alias of the customer's key, where there is one. */
  readonly keyAlias: string | undefined;

  /** Users, in the mode `cognito`: they outlive the code as the jobs do. */
  readonly userPool: ServiceUserPool | undefined;

  constructor(scope: Construct, id: string, settings: Settings, props: StackProps = {}) {
    super(scope, id, { ...props, description: 'OGC API - Processes: jobs and their data' });
    if (settings.budget) {
      const { amount, mail } = settings.budget;
      const subscriber = { subscriptionType: 'EMAIL', address: mail };
      new BudgetAlarm(this, 'BudgetAlarm', { amount, name: id, subscriber });
    }
    this.keyAlias = settings.customerManagedKey ? `alias/ogc-processes-${settings.stage}` : undefined;
    const made = this.keyAlias === undefined ? undefined : this.#makeKey(settings, this.keyAlias);
    const key = settings.customerManagedKey === 'retired' ? undefined : made;
    this.table = this.#makeTable(settings, key);
    this.bucket = this.#makeBucket(settings, key);
    this.#keepEmptyingLog(settings);
    this.signingSecret = this.#makeSigningSecret(settings, key);
    this.executionSwitch = new StringParameter(this, 'Switch', {
      parameterName: switchName(settings.stage),
      description:
        '"on" while processes may be executed; any other text suspends executions and is shown to clients',
      stringValue: SWITCH_ON,
    });
    const { authorization } = settings;
    this.userPool =
      authorization.mode === 'cognito'
        ? new ServiceUserPool(this, 'Users', settings, authorization)
        : undefined;
    // Stacks of version 0.1 import it until they are updated, after this one.
    this.exportValue(Fn.select(2, Fn.split('/', this.stackId)), { name: `${id}-signing-secret` });
  }

  #makeKey(settings: Settings, alias: string): Key {
    return new Key(this, 'Key', {
      description: 'Jobs of OGC API - Processes, their requests and results, and the key of callbacks',
      alias,
      enableKeyRotation: true,
      removalPolicy: removalPolicy(settings),
    });
  }

  #makeSigningSecret(settings: Settings, key: Key | undefined): Secret {
    const secret = new Secret(this, 'SigningSecret', {
      description: 'Signs cursors and callbacks of OGC API - Processes',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: removalPolicy(settings),
      ...(key ? { encryptionKey: key } : {}),
    });
    acknowledge(secret, {
      'AwsSolutions-SMG4': 'Subscribers have the key too: the operator rotates it together with them.',
    });
    return secret;
  }

  #makeTable(settings: Settings, key: Key | undefined): Table {
    const table = new Table(this, 'Jobs', {
      partitionKey: { name: 'jobID', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      ...(key
        ? { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key }
        : { encryption: TableEncryption.DEFAULT }),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expires',
      deletionProtection: settings.onDelete === 'retain',
      removalPolicy: removalPolicy(settings),
    });
    for (const index of jobIndexes(this, settings)) table.addGlobalSecondaryIndex(index);
    return table;
  }

  /** The function with which the CDK empties the bucket has no log group of its own: Lambda would make one that never forgets. */
  #keepEmptyingLog(settings: Settings): void {
    const handler = this.node.tryFindChild(EMPTYING)?.node.findChild('Handler') as CfnResource | undefined;
    if (!handler) return;
    const { logGroupName } = serviceLogGroup(this, 'EmptyingLogGroup', settings);
    handler.addPropertyOverride('LoggingConfig', { LogGroup: logGroupName });
  }

  #makeBucket(settings: Settings, key: Key | undefined): Bucket {
    const retain = settings.onDelete === 'retain';
    const encryption = key
      ? { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }
      : { encryption: BucketEncryption.S3_MANAGED };
    const bucket = new Bucket(this, 'Data', {
      ...encryption,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: settings.enforceTls,
      lifecycleRules: [
        // One clock with the table: DynamoDB forgets a job after as many days.
        { id: 'jobs', prefix: Prefix.jobs, expiration: Duration.days(settings.retentionDays) },
        { id: 'sync', prefix: Prefix.sync, expiration: Duration.days(1) },
        { id: 'uploads', prefix: Prefix.uploads, expiration: Duration.days(UPLOAD_DAYS) },
        { id: 'incomplete', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      // Browsers follow redirects to presigned URLs and send uploads to them; the signature is what allows it, not the origin.
      cors: [
        {
          allowedMethods: [HttpMethods.GET, HttpMethods.HEAD, HttpMethods.PUT],
          allowedOrigins: ['*'],
          allowedHeaders: ['*'],
          exposedHeaders: ['Content-Length', 'Content-Range', 'Content-Disposition', 'ETag'],
          maxAge: 3600,
        },
      ],
      removalPolicy: removalPolicy(settings),
      autoDeleteObjects: settings.emptyBucketOnDelete && !retain,
    });
    acknowledge(bucket, {
      'AwsSolutions-S1':
        'API Gateway logs every request; the bucket is only reached by URLs presigned there.',
      ...(settings.enforceTls
        ? {}
        : { 'AwsSolutions-S10': 'An emulator on the loopback interface has no TLS.' }),
    });
    return bucket;
  }
}
