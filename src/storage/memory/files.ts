/**
 * Folders and files in memory, by path: Blobs, which the browser may put on disk for as long as the page is
 * open.
 */
export class Files {
  /** Null is a folder. */
  private readonly entries = new Map<string, Blob | null>([['', null]]);

  look(path: string): Blob | 'folder' | null {
    const entry = this.entries.get(path);
    return entry === null ? 'folder' : (entry ?? null);
  }

  list(path: string): { name: string; kind: 'file' | 'directory' }[] {
    const prefix = path === '' ? '' : `${path}/`;
    return [...this.entries].flatMap(([other, content]) => {
      const name = other.slice(prefix.length);
      return other !== '' && other.startsWith(prefix) && !name.includes('/')
        ? [{ name, kind: content ? ('file' as const) : ('directory' as const) }]
        : [];
    });
  }

  write(path: string, content: Blob | null): void {
    this.entries.set(path, content);
  }

  remove(path: string, recursive: boolean): 'done' | 'missing' | 'not-empty' {
    if (!this.entries.has(path)) return 'missing';
    const inside = [...this.entries.keys()].filter((other) => other.startsWith(`${path}/`));
    if (inside.length > 0 && !recursive) return 'not-empty';
    for (const gone of [path, ...inside]) this.entries.delete(gone);
    return 'done';
  }
}
