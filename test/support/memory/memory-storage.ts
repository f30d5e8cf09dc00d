import type { ObjectPiece, Storage, StoredObject } from '../../../core/ports.ts';

/** Objects in a map. */
export class MemoryStorage implements Storage {
  readonly objects = new Map<string, StoredObject>();

  async put(key: string, body: Uint8Array | string, mediaType: string): Promise<void> {
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : Uint8Array.from(body);
    this.objects.set(key, { body: bytes, mediaType });
  }

  async get(key: string): Promise<StoredObject | undefined> {
    const object = this.objects.get(key);
    return object && { ...object, body: Uint8Array.from(object.body) };
  }

  async describe(key: string) {
    const object = this.objects.get(key);
    return object && { size: object.body.length, mediaType: object.mediaType };
  }

  async range(key: string, offset: number, length: number): Promise<Uint8Array> {
    const object = this.objects.get(key);
    if (!object) throw new Error(`There is no object ${key}`);
    return Uint8Array.from(object.body.subarray(offset, offset + length));
  }

  async presignPut(key: string, { mediaType, size }: { readonly mediaType: string; readonly size: number }) {
    return `https://storage.example/${key}?signature=test&type=${encodeURIComponent(mediaType)}&size=${size}`;
  }

  async presign(key: string, fileName: string, method: 'GET' | 'HEAD' = 'GET'): Promise<string> {
    const signature = method === 'GET' ? 'test' : 'test-head';
    return `https://storage.example/${key}?signature=${signature}&filename=${encodeURIComponent(fileName)}`;
  }

  async list(prefix: string): Promise<string[]> {
    return this.keys(prefix);
  }

  async compose(
    key: string,
    pieces: AsyncIterable<ObjectPiece> | Iterable<ObjectPiece>,
    mediaType: string,
  ): Promise<void> {
    const bytes: Uint8Array[] = [];
    for await (const piece of pieces)
      bytes.push(
        piece instanceof Uint8Array ? piece : await this.range(piece.key, piece.offset, piece.length),
      );
    await this.put(key, Buffer.concat(bytes), mediaType);
  }

  async removeAll(prefix: string): Promise<void> {
    for (const key of [...this.objects.keys()]) if (key.startsWith(prefix)) this.objects.delete(key);
  }

  /** Keys below a prefix, in order. */
  keys(prefix = ''): string[] {
    return [...this.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  /** An object as JSON. */
  json(key: string): unknown {
    const object = this.objects.get(key);
    return object && JSON.parse(new TextDecoder().decode(object.body));
  }
}
