/** An object of PROJJSON (schema 0.7) as it came; what is not looked at is kept. */
export type Projjson = Readonly<Record<string, unknown>>;
