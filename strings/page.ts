import { language } from './language.ts';

/**
 * A sentence in which the page makes markup of some texts, such as links, or shows values: its pieces in order. `M` is what the
 * page makes of a text.
 */
export type Sentence<M> = readonly (string | M)[];

/** What every page has, and what several have. */
export const pageStrings = {
  language,
  skip: 'Skip to main content',
  /** Of the navigation in the header. */
  service: 'Service',
  breadcrumbs: 'Breadcrumbs',
  start: 'Start',
  processes: 'Processes',
  jobs: 'Jobs',
  myJobs: 'My jobs',
  collections: 'Collections',
  api: 'API',
  conformance: 'Conformance',
  asJson: <M>(link: (text: string) => M): Sentence<M> => ['This page as ', link('JSON')],
  standard: <M>(link: (text: string) => M): Sentence<M> => [
    link('OGC API - Processes'),
    ', versions 1.0 and 2.0 (draft)',
  ],
  technical: 'Technical details',
  /** Of the navigation among parts of a list. */
  pages: 'Pages',
  progress: 'Progress',
  none: 'none',
  moreCharacters: (count: number): string => `+${count} more characters; the JSON has all`,
  moreEntries: (count: number): string => `+${count} more entries; the JSON has all`,
  moreMembers: (count: number): string => `+${count} more members; the JSON has all`,
  signIn: 'Sign in',
  signInToSee: 'Sign in to see this page.',
  signInNeedsScripts: 'Signing in requires JavaScript.',
  signedIn: 'Signed in.',
  openToAll: 'Open to everyone: all jobs are visible to all.',
  signedRequests: 'Not signed in. Requests are signed with credentials of AWS.',
  keyRequests: 'Not signed in. Requests carry an API key.',
  tokenRequests: (issuer: string): string => `Not signed in. Requests carry an access token of ${issuer}.`,
} as const;
