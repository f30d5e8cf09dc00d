import { ListBucketsCommand, type S3Client } from '@aws-sdk/client-s3';

/** The bucket that the state stack made. */
export async function deployedBucket(client: S3Client): Promise<string> {
  const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
  const name = Buckets.map(({ Name = '' }) => Name).find((candidate) => /-state-data/.test(candidate));
  if (!name) throw new Error('The bucket of the service is not deployed');
  return name;
}
