import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** Bounds of one document; what is counted is counted with fragments spread out. */
export interface DocumentLimits {
  readonly maxBytes: number;
  readonly maxTokens: number;
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxRootFields: number;
}

interface Size {
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
  readonly directives: number;
  readonly rootFields: number;
  /** Fields of this level that have selections of their own. */
  readonly branches: number;
  /** Most of them on any level below. */
  readonly branchesBelow: number;
}

const EMPTY: Size = {
  depth: 0,
  aliases: 0,
  fields: 0,
  directives: 0,
  rootFields: 0,
  branches: 0,
  branchesBelow: 0,
};
const MAX_FIELDS = 2_000;
const MAX_DIRECTIVES = 50;
// Validation compares each of them with every other of the same name, selections and all.
const MAX_BRANCHES = 50;

/**
 * Measures every operation in time linear in the document, however its fragments fan out.
 * @returns what is over its limit, in words; `null` when nothing is
 */
export function exceededLimit(document: DocumentNode, limits: DocumentLimits): string | null {
  const measure = createMeasure(document);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const size = measure(definition.selectionSet);
    const checks = [
      ['levels deep', size.depth, limits.maxDepth],
      ['aliases', size.aliases, limits.maxAliases],
      ['root fields', size.rootFields, limits.maxRootFields],
      ['fields', size.fields, MAX_FIELDS],
      ['objects side by side', Math.max(size.branches, size.branchesBelow), MAX_BRANCHES],
      ['directives', size.directives + (definition.directives?.length ?? 0), MAX_DIRECTIVES],
    ] as const;
    const exceeded = checks.find(([, actual, limit]) => actual > limit);
    if (exceeded)
      return `An operation may have at most ${exceeded[2]} ${exceeded[0]}, but this one is larger.`;
  }
  return null;
}

function createMeasure(document: DocumentNode): (selectionSet: SelectionSetNode) => Size {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<string, Size>();
  const measureFragment = (name: string): Size => {
    const fragment = fragments.get(name);
    const size = known.get(name);
    if (size || !fragment) return size ?? EMPTY;
    // A circle counts as nothing here: validation refuses it.
    known.set(name, EMPTY);
    const measured = measure(fragment.selectionSet);
    known.set(name, measured);
    return measured;
  };
  const measure = (selectionSet: SelectionSetNode): Size => {
    let total = EMPTY;
    for (const selection of selectionSet.selections) {
      const directives = selection.directives?.length ?? 0;
      if (selection.kind === Kind.FRAGMENT_SPREAD)
        total = add(total, measureFragment(selection.name.value), directives);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        total = add(total, measure(selection.selectionSet), directives);
      else {
        // Introspection is bounded by a rule of its own, and lists nest deeper in it than data ever does.
        const isMeta = selection.name.value.startsWith('__');
        const below = selection.selectionSet && !isMeta ? measure(selection.selectionSet) : EMPTY;
        total = add(total, inField(selection, below), directives);
      }
    }
    return total;
  };
  return measure;
}

function inField({ alias, selectionSet }: FieldNode, below: Size): Size {
  return {
    depth: below.depth + 1,
    aliases: below.aliases + (alias ? 1 : 0),
    fields: below.fields + 1,
    directives: below.directives,
    rootFields: 1,
    branches: selectionSet ? 1 : 0,
    branchesBelow: Math.max(below.branches, below.branchesBelow),
  };
}

function add(left: Size, right: Size, directives: number): Size {
  return {
    depth: Math.max(left.depth, right.depth),
    aliases: left.aliases + right.aliases,
    fields: left.fields + right.fields,
    directives: left.directives + right.directives + directives,
    rootFields: left.rootFields + right.rootFields,
    branches: left.branches + right.branches,
    branchesBelow: Math.max(left.branchesBelow, right.branchesBelow),
  };
}
