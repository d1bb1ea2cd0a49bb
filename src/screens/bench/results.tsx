/** What was measured so far: the machine, one table a backend, and the same as text for the clipboard. */
import { ClipboardCopy, Table2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toJsonLines, toMarkdown, type Recorded } from '../../core/bench/line';
import type { BackendId } from '../../core/config/run-config';
import { useBench } from '../../state/machine/bench';
import { Button } from '../../ui/controls/button';
import { download } from '../../ui/download';
import { useFormat } from '../../ui/text/format';
import { Panel, Readout, Readouts } from '../../ui/controls/panel';
import { toast } from '../../ui/controls/toast';
import { BackendTable } from './backend-table';

const BACKENDS: readonly BackendId[] = ['webgpu', 'wasm', 'cpu'];

export function Results() {
  const { t } = useTranslation();
  const lines = useBench((s) => s.lines);
  const copy = async (text: string, name: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      toast(t('bench.copied'));
    } catch {
      download(name, text);
      toast(t('bench.saved'));
    }
  };
  if (lines.length === 0) return null;
  return (
    <>
      <Panel
        title={t('bench.results')}
        actions={
          <>
            <Button icon={<ClipboardCopy />} onClick={() => void copy(toJsonLines(lines), 'bench.jsonl')}>
              {t('bench.copyJson')}
            </Button>
            <Button icon={<Table2 />} onClick={() => void copy(toMarkdown(lines), 'bench.md')}>
              {t('bench.copyMarkdown')}
            </Button>
          </>
        }
      >
        <MachineFigures lines={lines} />
      </Panel>
      {BACKENDS.map((backend) => {
        const own = lines.filter((line) => line.backend === backend);
        return own.length > 0 && <BackendTable key={backend} backend={backend} lines={own} />;
      })}
    </>
  );
}

function MachineFigures({ lines }: { readonly lines: readonly Recorded[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { machine } = lines[0]!;
  const adapter = lines.find((line) => line.machine.adapter)?.machine.adapter;
  const peak = lines.find((line) => typeof line['peak'] === 'number')?.['peak'] as number | undefined;
  return (
    <Readouts label={t('bench.figures')}>
      <Readout label={t('bench.processor')} value={machine.cpu} />
      <Readout label={t('bench.cores')} value={format.integer(machine.cores)} />
      <Readout label={t('bench.browser')} value={machine.runtime} />
      {adapter && <Readout label={t('bench.adapter')} value={adapter} />}
      {peak !== undefined && (
        <Readout label={t('bench.peak')} value={format.significant(peak, 3)} unit={t('bench.gigaflops')} />
      )}
    </Readouts>
  );
}
