/** A place that is moved where it stands, so that millions of positions need no object each. */
export interface Place {
  x: number;
  y: number;
}
