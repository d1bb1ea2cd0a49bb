/**
 * The whole page takes a corpus folder. Where the browser gives a directory handle it can be remembered;
 * where it gives only entries, the files are read from them.
 */
import { FolderDown } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useCorpus } from '../state/corpus';
import { toast } from '../ui/toast';
import styles from './shell.module.css';

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

export function DropZone({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const openHandle = useCorpus((s) => s.openHandle);
  const openFiles = useCorpus((s) => s.openFiles);
  const [over, setOver] = useState(false);

  useEffect(() => {
    const onOver = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      // The transfer is emptied when this function returns: everything must be asked of it now.
      const item = [...(event.dataTransfer?.items ?? [])].find(({ kind }) => kind === 'file');
      if (!item) return;
      const entry = item.webkitGetAsEntry();
      const handle = 'getAsFileSystemHandle' in item ? item.getAsFileSystemHandle() : Promise.resolve(null);
      void receive(handle, entry);
    };
    const receive = async (promise: Promise<FileSystemHandle | null>, entry: FileSystemEntry | null): Promise<void> => {
      const handle = await promise.catch(() => null);
      if (handle?.kind === 'directory') {
        void navigate('/data');
        return openHandle(handle as FileSystemDirectoryHandle);
      }
      if (!handle && entry?.isDirectory) {
        const files = await filesOf(entry as FileSystemDirectoryEntry);
        void navigate('/data');
        return openFiles(files);
      }
      toast(t('drop.notAFolder'));
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [navigate, openFiles, openHandle, t]);

  return (
    <>
      {children}
      {over && <div className={styles['drop']}><FolderDown aria-hidden="true" /><p>{t('drop.here')}</p></div>}
    </>
  );
}

/** All files below an entry, each with its path from there; `readEntries` gives a hundred at a time. */
async function filesOf(directory: FileSystemDirectoryEntry): Promise<File[]> {
  const reader = directory.createReader();
  const files: File[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return files;
    for (const entry of batch) {
      if (entry.isDirectory) files.push(...await filesOf(entry as FileSystemDirectoryEntry));
      else {
        const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)).catch(() => null);
        if (file) files.push(Object.defineProperty(file, 'webkitRelativePath', { value: entry.fullPath.replace(/^\//, '') }));
      }
    }
  }
}
