/** Every text that scripts of the pages show; a translation replaces this one module. */
export const strings = {
  copy: 'Copy',
  copied: 'Copied',
} as const;
