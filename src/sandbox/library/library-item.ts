/** The two kinds of things that a collection can hold. */
export type MemberKind = 'asset' | 'model';

export type Privacy = 'private' | 'public' | 'unlisted';

/** An asset or a model as far as lists filter and sort by it; all else is drawn from its id and ordinal. */
export interface LibraryItem {
  kind: MemberKind;
  id: string;
  /** Decides what is rare, so that each dozen of items holds some of it: kinds, states, gaps. */
  ordinal: number;
  createdAt: string;
  updatedAt: string;
  /** `metadata.type` of an asset, `type` of a model. */
  type: string;
  privacy: Privacy;
  /** False for what is another organization's, and public. */
  own: boolean;
}
