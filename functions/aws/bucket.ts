import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  type S3ClientConfig,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { ObjectPiece, Storage, StoredObject } from '../../core/ports.ts';
import { contentDisposition } from '../../core/shared/content-disposition.ts';
import { Env, optional } from '../../core/shared/env.ts';
import { writePieces } from './write-pieces.ts';

/** Seconds that a presigned URL is good for: long enough to follow a redirect and to download. */
const PRESIGNED_SECONDS = 15 * 60;

/**
 * Seconds that a presigned URL for HEAD is good for: to follow a redirect, and no longer. GDAL keeps the target of a
 * redirect that is good for more than 10 s and would read from it, which a URL for HEAD does not allow.
 */
const PRESIGNED_HEAD_SECONDS = 10;

/** Bytes that are sent by one request, for which S3 takes 5 GiB; and of each part of what is larger. */
const WHOLE = 1024 ** 3;
const SLICE = 64 * 1024 * 1024;

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += SLICE) yield bytes.subarray(at, at + SLICE);
}

/** Objects in an S3 bucket. */
export class Bucket implements Storage {
  readonly #client: S3Client;
  readonly #signer: S3Client;
  readonly #name: string;

  /** @param signer client whose endpoint is the one that presigned URLs lead to. */
  constructor(client: S3Client, name: string, signer = client) {
    this.#client = client;
    this.#signer = signer;
    this.#name = name;
  }

  async put(key: string, body: Uint8Array | string, mediaType: string): Promise<void> {
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    if (bytes.length > WHOLE) return this.compose(key, slices(bytes), mediaType);
    await this.#client.send(
      new PutObjectCommand({
        Bucket: this.#name,
        Key: key,
        Body: bytes,
        ContentLength: bytes.length,
        ContentType: mediaType,
      }),
    );
  }

  async get(key: string): Promise<StoredObject | undefined> {
    try {
      const { Body, ContentType } = await this.#client.send(
        new GetObjectCommand({ Bucket: this.#name, Key: key }),
      );
      if (!Body) throw new Error(`The object ${key} came without a body`);
      return {
        body: await Body.transformToByteArray(),
        mediaType: ContentType ?? 'application/octet-stream',
      };
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  async describe(key: string) {
    try {
      const head = await this.#client.send(new HeadObjectCommand({ Bucket: this.#name, Key: key }));
      return {
        size: head.ContentLength ?? 0,
        mediaType: head.ContentType ?? 'application/octet-stream',
      };
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }

  async range(key: string, offset: number, length: number): Promise<Uint8Array> {
    const { Body } = await this.#client.send(
      new GetObjectCommand({ Bucket: this.#name, Key: key, Range: `bytes=${offset}-${offset + length - 1}` }),
    );
    if (!Body) throw new Error(`The object ${key} came without a body`);
    return Body.transformToByteArray();
  }

  presignPut(
    key: string,
    { mediaType, size }: { readonly mediaType: string; readonly size: number },
    seconds: number,
  ): Promise<string> {
    const command = new PutObjectCommand({
      Bucket: this.#name,
      Key: key,
      ContentType: mediaType,
      ContentLength: size,
    });
    // What is signed is what S3 insists on: neither another type nor a single byte more.
    const signableHeaders = new Set(['content-type', 'content-length', 'host']);
    return getSignedUrl(this.#signer, command, { expiresIn: seconds, signableHeaders });
  }

  presign(key: string, fileName: string, method: 'GET' | 'HEAD' = 'GET'): Promise<string> {
    const object = {
      Bucket: this.#name,
      Key: key,
      ResponseContentDisposition: contentDisposition(fileName),
    };
    return method === 'HEAD'
      ? getSignedUrl(this.#signer, new HeadObjectCommand(object), { expiresIn: PRESIGNED_HEAD_SECONDS })
      : getSignedUrl(this.#signer, new GetObjectCommand(object), { expiresIn: PRESIGNED_SECONDS });
  }

  async list(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    const pages = paginateListObjectsV2({ client: this.#client }, { Bucket: this.#name, Prefix: prefix });
    for await (const { Contents = [] } of pages) for (const { Key } of Contents) if (Key) keys.push(Key);
    return keys;
  }

  async compose(
    key: string,
    pieces: AsyncIterable<ObjectPiece> | Iterable<ObjectPiece>,
    mediaType: string,
  ): Promise<void> {
    const target = { Bucket: this.#name, Key: key };
    const { UploadId } = await this.#client.send(
      new CreateMultipartUploadCommand({ ...target, ContentType: mediaType }),
    );
    const upload = { ...target, UploadId };
    const etags: { PartNumber: number; ETag: string | undefined }[] = [];
    try {
      await writePieces(pieces, {
        upload: async (number, bytes) => {
          const part = { PartNumber: number, Body: bytes, ContentLength: bytes.length };
          const { ETag } = await this.#client.send(new UploadPartCommand({ ...upload, ...part }));
          etags.push({ PartNumber: number, ETag });
        },
        copy: async (number, from, offset, length) => {
          const { CopyPartResult } = await this.#client.send(
            new UploadPartCopyCommand({
              ...upload,
              PartNumber: number,
              CopySource: `${this.#name}/${from}`,
              CopySourceRange: `bytes=${offset}-${offset + length - 1}`,
            }),
          );
          etags.push({ PartNumber: number, ETag: CopyPartResult?.ETag });
        },
        read: (from, offset, length) => this.range(from, offset, length),
      });
      const Parts = etags.sort((one, other) => one.PartNumber - other.PartNumber);
      await this.#client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    } catch (error) {
      // What was sent is deleted by the bucket after a day where this fails too; the first error tells more.
      await this.#client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
      throw error;
    }
  }

  async removeAll(prefix: string): Promise<void> {
    const pages = paginateListObjectsV2({ client: this.#client }, { Bucket: this.#name, Prefix: prefix });
    for await (const { Contents = [] } of pages) {
      if (Contents.length === 0) continue;
      const { Errors = [] } = await this.#client.send(
        new DeleteObjectsCommand({
          Bucket: this.#name,
          Delete: { Objects: Contents.map(({ Key }) => ({ Key })), Quiet: true },
        }),
      );
      const [first] = Errors;
      if (first) throw new Error(`${Errors.length} objects were not deleted; ${first.Key}: ${first.Message}`);
    }
  }
}

/** The bucket that the environment names. */
export function bucket(name: string): Storage {
  // Emulators have no name in the DNS for each bucket.
  const configuration: S3ClientConfig = {
    maxAttempts: 4,
    // A checksum in a presigned URL would be that of an empty body, and clients would have to send one.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    forcePathStyle: Boolean(process.env['AWS_ENDPOINT_URL']),
  };
  const client = new S3Client(configuration);
  const endpoint = optional(Env.StorageEndpoint);
  return new Bucket(client, name, endpoint ? new S3Client({ ...configuration, endpoint }) : client);
}
