import { Refusal, refusalOf } from '../../../core/shared/errors.ts';
import type { SerializedError } from './messages.ts';

export function serializeError(error: unknown): SerializedError {
  if (error instanceof Refusal) {
    const { status, type, title, detail, faults, message } = error;
    return {
      message,
      refusal: {
        status,
        type,
        title,
        ...(detail === undefined ? {} : { detail }),
        ...(faults.length === 0
          ? {}
          : { errors: faults.map(({ pointer, detail: text }) => ({ pointer, detail: text })) }),
      },
    };
  }
  if (!(error instanceof Error)) return { message: String(error) };
  return { message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) };
}

export function errorOf({ refusal, message, stack }: SerializedError): Error {
  if (refusal) return refusalOf(refusal);
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
