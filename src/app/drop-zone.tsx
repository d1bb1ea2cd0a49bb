/**
 * The whole page takes a corpus folder. Where the browser gives a directory handle it can be remembered;
 * where it gives only entries, the files are read from them. A zip with sound in it is a corpus, too. A safetensors file becomes the weights to start
 * from, a configuration file or an exported run's zip is imported as in the import dialog, which shows what
 * is refused.
 */
import { FolderDown } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useCorpus } from '../state/corpus/corpus';
import { isCorpusZip } from '../state/corpus/corpus-zip';
import { useDraft } from '../state/draft';
import { useExchange } from '../state/runs/exchange';
import { useWeights } from '../state/runs/weights';
import { errorText } from '../ui/text/errors';
import { toast } from '../ui/controls/toast';
import { filesOf } from './dropped-files';
import { readFiles, useAfterImport } from './use-import';
import styles from './shell.module.css';

/** What the import dialog takes. */
const IMPORTABLE = /\.(json|zip)$/i;

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Of what is dropped; null in browsers that give none. */
const handleOf = (item: DataTransferItem): Promise<FileSystemHandle | null> =>
  'getAsFileSystemHandle' in item ? item.getAsFileSystemHandle() : Promise.resolve(null);

export function DropZone({ children }: { readonly children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const openHandle = useCorpus((s) => s.openHandle);
  const openFiles = useCorpus((s) => s.openFiles);
  const openZip = useCorpus((s) => s.openZip);
  const afterImport = useAfterImport();
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
      const items = [...(event.dataTransfer?.items ?? [])].filter(({ kind }) => kind === 'file');
      const [item] = items;
      if (!item) return;
      const entry = item.webkitGetAsEntry();
      const file = item.getAsFile();
      const others = items
        .flatMap((one) => (one.webkitGetAsEntry()?.isDirectory ? [] : (one.getAsFile() ?? [])))
        .filter(({ name }) => IMPORTABLE.test(name));
      if (others.length > 0) {
        void takeOthers(others, items.length - others.length, handleOf(item));
        return;
      }
      if (items.length > 1) toast(t('drop.onlyFirst', { count: items.length - 1 }));
      if (file && !entry?.isDirectory && /\.safetensors$/i.test(file.name)) {
        void takeWeights(file);
        return;
      }
      void receive(handleOf(item), entry);
    };
    const takeOthers = async (
      files: readonly File[],
      left: number,
      given: Promise<FileSystemHandle | null>,
    ): Promise<void> => {
      const [first] = files;
      if (files.length !== 1 || !first || !/\.zip$/i.test(first.name) || !(await isCorpusZip(first)))
        return importAll(files, left);
      void navigate('/data');
      const handle = await given.catch(() => null);
      return openZip(first, handle?.kind === 'file' ? (handle as FileSystemFileHandle) : null);
    };
    const importAll = async (files: readonly File[], left: number): Promise<void> => {
      if (left > 0) toast(t('drop.onlyFirst', { count: left }));
      useExchange.getState().show(true);
      afterImport(await readFiles(files));
    };
    const takeWeights = async (file: File): Promise<void> => {
      void navigate('/train');
      const summary = await useWeights.getState().importFile(file, file.name);
      if (summary) useDraft.getState().set({ initialWeights: { id: summary.id, name: summary.name } });
      const { error } = useWeights.getState();
      toast(
        summary
          ? t('weightsFile.imported', { name: summary.name })
          : error
            ? errorText(i18n, error).message
            : '',
      );
    };
    const receive = async (
      promise: Promise<FileSystemHandle | null>,
      entry: FileSystemEntry | null,
    ): Promise<void> => {
      const handle = await promise.catch(() => null);
      if (handle?.kind === 'directory') {
        void navigate('/data');
        return openHandle(handle as FileSystemDirectoryHandle);
      }
      if (!handle && entry?.isDirectory) {
        const { files, lost } = await filesOf(entry as FileSystemDirectoryEntry);
        if (lost.length > 0) toast(t('drop.lost', { count: lost.length, first: lost[0] }));
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
  }, [navigate, openFiles, openHandle, openZip, t, i18n, afterImport]);

  return (
    <>
      {children}
      {over && (
        <div className={styles['drop']}>
          <FolderDown aria-hidden="true" />
          <p>{t('drop.here')}</p>
        </div>
      )}
    </>
  );
}
