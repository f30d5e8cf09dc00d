/** An execute request after it was understood; the pieces of both versions of the standard side by side. */
export interface ExecuteRequest {
  readonly processID: string;
  /** What the client calls the job; an extension. */
  readonly title?: string;
  /** Which version's rules shape the response; decided once per request and stored with the job. */
  readonly dialect: '1.0' | '2.0';
  /** Inputs as they were sent, by id; validated, but neither fetched nor decoded. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Requested outputs in order; all of the process's where the request named none. */
  readonly outputs: readonly RequestedOutput[];
  /** False when the request had no `outputs` member, so that all are meant. */
  readonly outputsNamed: boolean;
  /** 1.0: `raw` answers bare values, `document` a map. */
  readonly response: 'raw' | 'document';
  readonly subscriber?: Subscriber;
}

export interface RequestedOutput {
  readonly id: string;
  /** Media type to write; the output's default where absent. */
  readonly mediaType?: string;
  /** A JSON format was asked for as plain JSON, and is called that. */
  readonly asJson?: true;
  readonly transmissionMode?: 'value' | 'reference';
}

export interface Subscriber {
  readonly successUri?: string;
  readonly inProgressUri?: string;
  readonly failedUri?: string;
}
