/** An in-memory stand-in for the File System Access handles that the code under test calls, with counters. */

export type Tree = { readonly [name: string]: Tree | string };

const notFound = (name: string): DOMException => new DOMException(`${name} is not there`, 'NotFoundError');

/** A directory handle over `tree`; `lookups` counts the directories resolved by name. */
export function directoryHandle(name: string, tree: Tree, lookups = { count: 0 }): FileSystemDirectoryHandle {
  const child = (key: string): FileSystemDirectoryHandle | FileSystemFileHandle => {
    const value = tree[key];
    if (value === undefined) throw notFound(key);
    if (typeof value !== 'string') return directoryHandle(key, value, lookups);
    return {
      kind: 'file',
      name: key,
      getFile: () => Promise.resolve(new File([value], key)),
    } as FileSystemFileHandle;
  };
  const handle = {
    kind: 'directory',
    name,
    async *values() {
      for (const key of Object.keys(tree)) yield child(key);
    },
    async getDirectoryHandle(key: string) {
      lookups.count++;
      return child(key);
    },
    async getFileHandle(key: string) {
      return child(key);
    },
  };
  return handle as unknown as FileSystemDirectoryHandle;
}

/** What `<input webkitdirectory>` gives for the same tree. */
export function fileList(root: string, tree: Tree): File[] {
  return Object.entries(tree).flatMap(([name, value]) => {
    if (typeof value !== 'string') return fileList(`${root}/${name}`, value);
    const file = new File([value], name);
    Object.defineProperty(file, 'webkitRelativePath', { value: `${root}/${name}` });
    return [file];
  });
}
