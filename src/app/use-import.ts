/**
 * What happens once something was imported: the dialog closes, the screen that shows it opens, and a remark
 * says what it was.
 */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useExchange, type Imported } from '../state/runs/exchange';
import { toast } from '../ui/controls/toast';

/**
 * @returns takes what was imported; nothing where all was refused, and the dialog stays open with the reason
 */
export function useAfterImport(): (imported: readonly Imported[]) => void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return useCallback(
    (imported) => {
      for (const one of imported) {
        if (one.kind === 'configuration') toast(t('exchange.tookConfig'));
        else {
          const partly = one.unknown.length + one.absent.length > 0;
          toast(
            [
              t('exchange.tookRun', { name: one.name }),
              ...(one.left.length > 0 ? [t('exchange.filesLeft', { count: one.left.length })] : []),
              ...(partly ? [t('exchange.partly')] : []),
            ].join(' '),
          );
        }
      }
      const last = imported.at(-1);
      if (!last) return;
      if (!useExchange.getState().error) useExchange.getState().show(false);
      void navigate(last.kind === 'run' ? '/runs' : '/train');
    },
    [t, navigate],
  );
}

/** Reads files one after the other, in the dialog's sight; the first that is refused stops the rest. */
export async function readFiles(files: readonly File[]): Promise<readonly Imported[]> {
  const taken: Imported[] = [];
  for (const file of files) {
    const imported = await useExchange.getState().readFile(file);
    if (!imported) break;
    taken.push(imported);
  }
  return taken;
}
