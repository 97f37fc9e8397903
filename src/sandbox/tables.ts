/** What a new database is made of. */
export const TABLES = `
  CREATE TABLE collections (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    thumbnail_asset_id TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE items (
    kind TEXT NOT NULL CHECK (kind IN ('asset', 'model')),
    id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    type TEXT NOT NULL,
    privacy TEXT NOT NULL,
    own INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE members (
    collection_id TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    member_id TEXT NOT NULL,
    PRIMARY KEY (collection_id, kind, member_id),
    FOREIGN KEY (kind, member_id) REFERENCES items (kind, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX collections_of_member ON members (kind, member_id);
`;
