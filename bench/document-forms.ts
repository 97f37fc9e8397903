import { workloadNamed } from './options.ts';
import { FIELDS, globalIdOf, idOf, idsOf, severalQuery, variablesOf, type Workload } from './workloads.ts';

/** A document, and another that asks for the same in another form. */
export interface DocumentForm {
  readonly title: string;
  readonly plain: Workload;
  readonly form: Workload;
}

/** The most that a form may cost, as a ratio to the plain document. */
export const FORM_LIMIT = 1.3;

const CONDITIONS = `query D($n:Int!,$t:String,$yes:Boolean!,$no:Boolean!){collections(first:$n,after:$t){nodes@include(if:$yes)${FIELDS} edges@skip(if:$yes){cursor} pageInfo@skip(if:$no){hasNextPage endCursor}}}`;
const NODE = `query E($id:ID!){node(id:$id){... on Collection${FIELDS}}}`;
const NODES = `query F($ids:[ID!]!){nodes(ids:$ids){... on Collection${FIELDS}}}`;

const TEN: Workload = {
  ...workloadNamed('W3'),
  objects: 10,
  operation: (turn) => ({ query: severalQuery(10), variables: variablesOf(turn) }),
};

export const DOCUMENT_FORMS: readonly DocumentForm[] = [
  {
    title: 'a list of 20 with @include and @skip',
    plain: workloadNamed('W1'),
    form: {
      ...workloadNamed('W1'),
      operation: (_turn, t) => ({ query: CONDITIONS, variables: { n: 20, t, yes: true, no: false } }),
    },
  },
  {
    title: 'node in place of collection',
    plain: workloadNamed('W2'),
    form: {
      ...workloadNamed('W2'),
      operation: (turn) => ({ query: NODE, variables: { id: globalIdOf(idOf(turn)) } }),
    },
  },
  {
    title: 'nodes in place of 10 aliases',
    plain: TEN,
    form: {
      ...TEN,
      operation: (turn) => ({ query: NODES, variables: { ids: idsOf(turn).map(globalIdOf) } }),
    },
  },
];
