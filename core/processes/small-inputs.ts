/**
 * Characters of JSON up to which the inputs of a process of the class light are small: the function that takes the request does the work
 * itself. Of more, the call of a worker is a small part of the work.
 */
export const SMALL_INPUTS = 256 * 1024;
