import type { Fault } from '../../../core/shared/errors.ts';

/** With what a form is filled in, and what is wrong with it. */
export interface FormValues {
  /** Inputs as an execute request has them. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Media types of outputs that were chosen. */
  readonly formats?: Readonly<Record<string, string>>;
  /** Name of the job. */
  readonly title?: string | undefined;
  readonly faults: readonly Fault[];
}

export const nothingFilledIn: FormValues = { inputs: {}, faults: [] };

/** Faults that belong to an input, the JSON pointer decides; and those that belong to none. */
export const faultsOfInput = (faults: readonly Fault[], id: string): readonly Fault[] =>
  faults.filter(({ pointer }) => pointer === `/inputs/${id}` || pointer.startsWith(`/inputs/${id}/`));
