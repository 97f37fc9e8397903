import type { Logger } from '../../../shared/logger.ts';
import { type Result, succeed } from '../../../shared/result.ts';
import { findDocumentFiles, readDocumentFiles } from './document-files.ts';
import { TrustedDocuments, type TrustMode } from './trusted-documents.ts';

/** Where trusted documents are, and what they are for. */
export interface TrustedDocumentsConfig {
  readonly mode: TrustMode;
  /** A manifest, or a folder of manifests and `.graphql` files; `null` when there are none. */
  readonly path: string | null;
}

/** Trusted documents that follow their files. */
export interface OpenTrustedDocuments {
  readonly documents: TrustedDocuments;
  close(): void;
}

const POLL_MS = 1_000;

/**
 * Reads the trusted documents, and again whenever their files change. Files that turn bad later change nothing: the
 * documents of before stay, and the log says why.
 * @returns phrases to stand after the variable's name when there is nothing to start with
 */
export async function openTrustedDocuments(
  { mode, path }: TrustedDocumentsConfig,
  logger: Logger,
): Promise<Result<OpenTrustedDocuments, readonly string[]>> {
  const documents = new TrustedDocuments(mode, logger);
  if (path === null) return succeed({ documents, close: () => {} });
  const read = await readTrustedDocuments(path);
  if (!read.ok) return read;
  documents.replace(read.value.texts);
  return succeed({ documents, close: follow(path, read.value.stamp, documents, logger) });
}

/** Reads the documents once. @returns phrases to stand after the variable's name for whatever is wrong with them */
export async function readTrustedDocuments(
  path: string,
): Promise<
  Result<{ readonly texts: ReadonlyMap<string, string>; readonly stamp: string }, readonly string[]>
> {
  const files = await findDocumentFiles(path);
  if (!files.ok) return files;
  const read = await readDocumentFiles(files.value);
  return read.ok ? succeed({ texts: read.value, stamp: files.value.stamp }) : read;
}

/** Looks every second: a watch on files misses what is mounted or linked anew. */
function follow(path: string, firstStamp: string, documents: TrustedDocuments, logger: Logger): () => void {
  let stamp = firstStamp;
  let isLooking = false;
  const look = async (): Promise<void> => {
    const files = await findDocumentFiles(path);
    const nextStamp = files.ok ? files.value.stamp : '';
    if (nextStamp === stamp) return;
    stamp = nextStamp;
    const read = files.ok ? await readDocumentFiles(files.value) : files;
    if (read.ok) {
      documents.replace(read.value);
      logger.info({ count: read.value.size }, 'the trusted documents have changed');
    } else {
      logger.error(
        { problem: `TRUSTED_DOCUMENTS ${read.failure.join(', and ')}` },
        'the trusted documents stay as they were',
      );
    }
  };
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void look().finally(() => (isLooking = false));
  }, POLL_MS).unref();
  return () => clearInterval(timer);
}
