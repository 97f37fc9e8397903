/** The types of objects that have an id of their own. */
export type Typename = 'Collection' | 'Asset' | 'Model';

/** The object that a call is about. */
export interface Subject {
  readonly typename: Typename;
  readonly id: string;
}
