import { type FieldValue, type Filter, passes } from './filter.ts';
import type { SearchDocument } from './search-corpus.ts';
import type { SearchRequest } from './search-query.ts';

interface Search extends Pick<SearchRequest, 'query' | 'sort' | 'isPublic'> {
  filter: Filter | undefined;
  /** As far as the index knows. */
  collectionIdsOf(id: string): readonly string[];
}

/** All that a search finds: what has each word of the query and passes the filter, in the order of the sort if any. */
export function findDocuments(
  documents: readonly SearchDocument[],
  { query, filter, sort, isPublic, collectionIdsOf }: Search,
): readonly SearchDocument[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = documents.filter((document) => {
    const { item, text } = document;
    const isReadable = isPublic ? item.privacy === 'public' : item.own;
    if (!isReadable || !words.every((word) => text.includes(word))) return false;
    const valueOf = (field: string) =>
      field === 'collectionIds' ? collectionIdsOf(item.id) : fieldOf(document, field);
    return filter === undefined || passes(filter, valueOf);
  });
  return sort === undefined ? found : sorted(found, sort);
}

function fieldOf({ item, fields }: SearchDocument, field: string): FieldValue {
  switch (field) {
    case 'createdAt':
    case 'updatedAt':
    case 'privacy':
      return item[field];
    default:
      return fields[field];
  }
}

function sorted(
  documents: readonly SearchDocument[],
  { field, isDescending }: NonNullable<SearchRequest['sort']>,
): readonly SearchDocument[] {
  const factor = isDescending ? -1 : 1;
  const keyOf = (document: SearchDocument): number => {
    const value = fieldOf(document, field);
    return typeof value === 'string' ? Date.parse(value) : Number(value ?? 0);
  };
  return documents.toSorted((a, b) => factor * (keyOf(a) - keyOf(b)));
}
