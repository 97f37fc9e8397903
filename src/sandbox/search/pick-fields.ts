type Fields = Readonly<Record<string, unknown>>;

/** A record that has only these fields, those of them that it had. */
export function pickFields(record: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(names.filter((name) => name in record).map((name) => [name, record[name]]));
}
