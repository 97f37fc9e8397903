import { type DocumentNode, type FieldNode, Kind, type SelectionNode, visit } from 'graphql';

/**
 * The document without the plain fields that stand in their selection already. They change nothing, but validation compares
 * each with every other and gives up when they are too many.
 */
export function withoutRepeats(document: DocumentNode): DocumentNode {
  return visit(document, {
    SelectionSet: (node) => ({ ...node, selections: distinct(node.selections) }),
  });
}

function distinct(selections: readonly SelectionNode[]): readonly SelectionNode[] {
  const seen = new Set<string>();
  return selections.filter((selection) => {
    if (!isPlain(selection)) return true;
    const { value } = selection.name;
    const isNew = !seen.has(value);
    seen.add(value);
    return isNew;
  });
}

function isPlain(selection: SelectionNode): selection is FieldNode {
  if (selection.kind !== Kind.FIELD) return false;
  const { alias, selectionSet, directives, arguments: args } = selection;
  return !alias && !selectionSet && !directives?.length && !args?.length;
}
