/** Any object of an OpenAPI document. */
export type OpenapiObject = Readonly<Record<string, unknown>>;

/** A parameter by its name in parameters.ts. */
export const parameterReference = (name: string): OpenapiObject => ({
  $ref: `#/components/parameters/${name}`,
});
