/** What stands in the texts of the definition where a deployment has its own. */
export const marks = {
  baseUrl: 'https://base-url.invalid',
  title: 'TITLE-OF-THE-SERVICE',
  contact: { name: 'CONTACT-OF-THE-SERVICE' },
} as const;
