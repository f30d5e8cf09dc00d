import { Logger, LogItem, LogLevelThreshold } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { redact } from './redact.ts';

type Attributes = Record<string, unknown>;
type Replacer = ReturnType<Logger['getJsonReplacer']>;

const levels = new Map<number, string>(
  Object.entries(LogLevelThreshold).map(([name, level]) => [level, name]),
);

/** Nothing is left to be done when it is printed. */
class CompleteItem extends LogItem {
  override prepareForPrint(): void {}
}

/**
 * The Logger of Powertools, with the same lines, made in one go: putting them together of several stores, looking through them for what is
 * empty and calling a function for each member was half of a request that is answered from memory.
 */
export class LineLogger extends Logger {
  readonly #service: string;
  /** What is the same in all lines of an invocation. */
  #invocation: Attributes = {};
  /** Whether the line has texts and numbers alone, which are redacted already. */
  #isFlat = true;

  constructor(serviceName: string) {
    super({ serviceName, jsonReplacerFn: redact });
    this.#service = serviceName;
  }

  /** Begins an invocation. @param members that are in all its lines too */
  begin(context: Context, members: Readonly<Attributes>): void {
    this.#invocation = {
      ...members,
      cold_start: this.getColdStart(),
      function_arn: context.invokedFunctionArn,
      function_memory_size: context.memoryLimitInMB,
      function_name: context.functionName,
      function_request_id: context.awsRequestId,
    };
  }

  protected override createAndPopulateLogItem(
    ...[level, message, [members]]: Parameters<Logger['createAndPopulateLogItem']>
  ): LogItem {
    const attributes: Attributes = {
      level: levels.get(level),
      message,
      timestamp: new Date().toISOString(),
      service: this.#service,
      ...this.#invocation,
      sampling_rate: 0,
    };
    const trace = process.env['_X_AMZN_TRACE_ID'];
    if (trace) attributes['xray_trace_id'] = /Root=([^;]+)/.exec(trace)?.[1];
    this.#isFlat = true;
    for (const [name, value] of Object.entries(members as Attributes)) {
      if (value === undefined || value === null || value === '') continue;
      if (typeof value === 'object') this.#isFlat = false;
      attributes[name] = typeof value === 'object' ? value : redact(name, value);
    }
    return new CompleteItem({ attributes });
  }

  protected override getJsonReplacer(): Replacer {
    // Without a function JSON.stringify takes its fast path.
    return this.#isFlat ? (undefined as never) : super.getJsonReplacer();
  }
}
