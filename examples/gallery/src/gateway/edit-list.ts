import { type ApolloCache, isReference, type Reference } from '@apollo/client';

interface CachedList {
  readonly edges: readonly { readonly node: Reference }[];
  readonly totalCount?: number | null;
}

/**
 * Puts a node in front of a list, where one looks for what one has just added, or takes it out: in all orders and
 * filters of the list. Objects are named as the cache names them, `Asset:…`; the root is `ROOT_QUERY`.
 */
export function editList(
  cache: ApolloCache,
  edit: 'prepend' | 'remove',
  id: string,
  { of, field }: { readonly of: string; readonly field: string },
): void {
  const edited = (list: CachedList): CachedList => {
    const others = list.edges.filter(({ node }) => node.__ref !== id);
    const wasThere = others.length < list.edges.length;
    if (wasThere === (edit === 'prepend')) return list;
    const edges = wasThere ? others : [{ cursor: '', node: { __ref: id } }, ...others];
    const { totalCount } = list;
    const change = wasThere ? -1 : 1;
    return { ...list, edges, ...(typeof totalCount === 'number' && { totalCount: totalCount + change }) };
  };
  cache.modify<Record<string, CachedList | null>>({
    id: of,
    fields: { [field]: (list) => (list === null || isReference(list) ? list : edited(list)) },
  });
}
