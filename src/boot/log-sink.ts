import { fstatSync, write } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Where the log goes. */
export interface LogSink {
  /** Whether a write that hangs holds a thread, for which Node would wait before it exits. */
  readonly holdsThread: boolean;
  /** Writes, and tells how many bytes got there: fewer than were given when the rest cannot be written. Never rejects. */
  write(bytes: Buffer): Promise<number>;
}

const BUSY_RETRY_MS = 100;

/** Opens an inherited descriptor for the log. A pipe or socket is written to as soon as it takes bytes, without a thread. */
export function openLogSink(descriptor: number): LogSink {
  const stats = fstatSync(descriptor);
  return stats.isFIFO() || stats.isSocket() ? openPipe(descriptor) : openFile(descriptor);
}

function openPipe(fd: number): LogSink {
  const pipe = new InheritedPipe({ fd, readable: false, writable: true });
  // Each write is told as well.
  pipe.on('error', () => {});
  return {
    holdsThread: false,
    write: (bytes) =>
      new Promise((resolve) => {
        pipe.write(bytes, (error) => resolve(error ? 0 : bytes.length));
      }),
  };
}

/** Stays open when its reader goes away: otherwise the next socket would get its number, and what others write to it. */
class InheritedPipe extends Socket {
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    done(error);
  }
}

function openFile(descriptor: number): LogSink {
  return {
    holdsThread: true,
    write: async (bytes) => {
      let written = 0;
      while (written < bytes.length) {
        const result = await writeSome(descriptor, bytes.subarray(written));
        if (result === 'failed') break;
        if (result === 'busy') await delay(BUSY_RETRY_MS);
        else written += result;
      }
      return written;
    },
  };
}

function writeSome(descriptor: number, bytes: Buffer): Promise<number | 'busy' | 'failed'> {
  return new Promise((resolve) => {
    write(descriptor, bytes, (error, written) => {
      if (error) resolve(error.code === 'EAGAIN' ? 'busy' : 'failed');
      else resolve(written);
    });
  });
}
