/** A part of a URL without its escapes; as it is where it is not well encoded. */
export function decodedUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
