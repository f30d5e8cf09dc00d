/** What a layer is called, and what it is to the person. */
export interface LayerText {
  readonly title: string;
  readonly role: 'result' | 'input';
  /** Address below which each feature has a page, by its id. */
  readonly items?: string;
}
