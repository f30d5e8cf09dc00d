/** Inputs of a form, as an execute request has them. */
export type Inputs = Record<string, unknown>;
