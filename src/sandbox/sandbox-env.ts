import type { HttpBindings } from '@hono/node-server';
import type { Activity } from './activity.ts';
import type { CollectionsStore } from './collections-store.ts';
import type { FaultRegistry } from './fault-registry.ts';
import type { LibraryStore } from './library/library-store.ts';
import type { PictureUrl } from './pictures/picture-url.ts';
import type { MembershipJournal } from './search/membership-journal.ts';

/** Hono's view of a request: the Node request and answer underneath are needed for transport faults. */
export interface SandboxEnv {
  Bindings: HttpBindings;
}

export interface SandboxCredentials {
  key: string;
  secret: string;
}

/** What the routes work on. */
export interface SandboxParts {
  store: CollectionsStore;
  library: LibraryStore;
  journal: MembershipJournal;
  faults: FaultRegistry;
  activity: Activity;
  credentials: SandboxCredentials;
  pictureUrl: PictureUrl;
}
