/** Name of the parameter of Systems Manager with which the operator of a stage stops executions. */
export const switchName = (stage: string): string => `/ogc-processes/${stage}/executions`;
