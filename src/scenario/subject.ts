/** The types of objects that have an id of their own. */
export const TYPENAMES = ['Collection', 'Asset', 'Model'] as const;

export type Typename = (typeof TYPENAMES)[number];

/** The object that a call is about. */
export interface Subject {
  readonly typename: Typename;
  readonly id: string;
}

/** The type as sentences name it: `collection`. */
export function nounOf(typename: Typename): string {
  return typename.toLowerCase();
}
