/** Does the work of a case once. @returns a number that tells whether both sides did the same work */
export type Case = () => Promise<number>;
