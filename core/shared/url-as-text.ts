/** What is told of a URL that stands as a plain string where a file is wanted. */
export const URL_AS_TEXT = 'is a URL as text; write {"href": "https://..."} to have it read.';

/** Whether a text is nothing but a URL. */
export const isUrlAsText = (text: string): boolean => /^\s*[a-z][a-z0-9+.-]*:\/\/\S+\s*$/i.test(text);
