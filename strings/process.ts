/** The page of a process, around its form. */
export const processStrings = {
  fillIn: 'Fill in an example: ',
  /** After a problem that the form had. @param problem its title */
  notRun: (problem: string): string =>
    `${problem}. Nothing was run: correct the marked fields, and run it again.`,
  inApi: 'Inputs and outputs in the API',
  inputs: 'Inputs',
  outputs: 'Outputs',
  inputColumns: ['Input', 'Description', 'Required', 'Schema'],
  outputColumns: ['Output', 'Description', 'Media types, default first', 'Schema'],
  requiredLabel: 'Required:',
  mediaTypesLabel: 'Media types:',
  jsonSchema: 'JSON Schema',
  yes: 'yes',
  no: 'no',
  defaultValue: (value: string): string => `, default ${value}`,
  occurrences: (least: number, most: number | undefined): string => `${least} to ${most ?? 'any number'}`,
  limits: 'Limits',
  limit: (title: string, value: string): string => `${title}: ${value}.`,
  megabytes: (megabytes: number, bytes: string): string => `${megabytes} MB (${bytes})`,
  pictures: {
    both: { before: 'Input', after: 'Result' },
    // Where results are no layers, or nothing goes in that is one.
    alone: { before: 'Input of the example', after: 'Result of the example' },
    inText: {
      before: (process: string): string => `${process}: input of the example`,
      after: (process: string): string => `${process}: result of the example`,
    },
  },
  code: 'The request as code',
  copyLink: 'Copy a link to this form',
} as const;
