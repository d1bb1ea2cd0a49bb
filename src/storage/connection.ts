/**
 * The one connection of a realm to the database. Browsers close connections behind a page's back: another tab
 * deletes the database or migrates it, “Clear site data” is pressed, the process that keeps it dies. It is
 * then opened again, and whoever has something in memory that only the old database held is told when the new
 * one is another one. Where the browser blocks site data the store in memory takes the database's place
 * (memory/). Not here: stores and migrations (schema.ts).
 */
import { StorageError } from '../core/errors/errors';
import { isBlocked } from './blocked';
import { openDatabase, type Database } from './schema';

/** Names a database for as long as it exists. In `settings`; older ones get it when they are next opened. */
const MARK = 'database-mark';

/**
 * What a connection says that was closed while it was used: InvalidStateError at the next transaction, the
 * others in the middle of one.
 */
const CLOSED = ['InvalidStateError', 'AbortError', 'UnknownError'];

export class Connection {
  private opened: Promise<Database> | null = null;
  private mark: string | null = null;
  private readonly listeners = new Set<() => void>();
  private memory: Promise<Database> | null = null;
  private refusal: unknown = null;
  private readonly refusedListeners = new Set<(error: unknown) => void>();

  /** Called when the database that was open is gone and an empty one has taken its place. */
  onReplaced(listener: () => void): void {
    this.listeners.add(listener);
  }

  /**
   * Called once when the browser blocks site data, also where it did before: what is stored from then on is
   * in memory, and gone with the page.
   */
  onBlocked(listener: (error: unknown) => void): void {
    this.refusedListeners.add(listener);
    if (this.memory) listener(this.refusal);
  }

  /** Whether what is stored is in memory only. */
  async inMemory(): Promise<boolean> {
    await this.get();
    return this.memory !== null;
  }

  /** The open connection; a new one where it was closed. @throws StorageError `database-newer` */
  get(): Promise<Database> {
    if (this.opened) return this.opened;
    const opened = this.open(() => {
      if (this.opened !== opened) return;
      this.opened = null;
      // Whoever wants to know of a new database does not wait until it is next used.
      if (this.listeners.size > 0) this.get().catch(() => undefined);
    });
    this.opened = opened;
    opened.catch(() => {
      if (this.opened === opened) this.opened = null;
    });
    return opened;
  }

  /**
   * Runs `work` on the open database, once more from its beginning where the connection was closed meanwhile.
   */
  async use<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const opened = this.get();
    try {
      return await work(await opened);
    } catch (error) {
      if (!(error instanceof DOMException) || !CLOSED.includes(error.name)) throw error;
      if (this.opened === opened) {
        (await opened.catch(() => null))?.close();
        this.opened = null;
      }
      return work(await this.get());
    }
  }

  /** Once in memory, always: the setting counts again when the page is loaded anew. */
  private inPlace(error: unknown): Promise<Database> {
    if (this.memory) return this.memory;
    this.memory = import('./memory/realm').then(({ memoryDatabase }) => memoryDatabase());
    this.refusal = error;
    for (const listener of this.refusedListeners) listener(error);
    return this.memory;
  }

  private async open(closed: () => void): Promise<Database> {
    const db = await openDatabase(closed).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'VersionError')
        throw new StorageError('database-newer', {}, error);
      if (isBlocked(error)) return this.inPlace(error);
      throw error;
    });
    if (this.memory) return db;
    const mark = await marked(db).catch(() => null); // a full disk: then it is not noticed
    const replaced = this.mark !== null && mark !== null && mark !== this.mark;
    this.mark = mark ?? this.mark;
    if (replaced) for (const listener of this.listeners) listener();
    return db;
  }
}

async function marked(db: Database): Promise<string> {
  const known = await db.get('settings', MARK);
  if (typeof known === 'string') return known;
  const transaction = db.transaction('settings', 'readwrite');
  const now = await transaction.store.get(MARK);
  const mark = typeof now === 'string' ? now : crypto.randomUUID();
  if (now !== mark) void transaction.store.put(mark, MARK);
  await transaction.done;
  return mark;
}
