/** A file in a form. */
export interface FormFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** The entries of a form, in its order; a name may occur several times. */
export type FormEntries = readonly (readonly [name: string, value: string | FormFile])[];

/** How a form names what belongs to one input: bare as a query does, with a member, or a member of a row. */
export const fieldName = {
  member: (id: string, member: string) => `${id}[${member}]`,
  row: (id: string, index: number, member: string) => `${id}.${index}.${member}`,
} as const;
