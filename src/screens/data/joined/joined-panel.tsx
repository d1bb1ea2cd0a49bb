/**
 * What a joined corpus is made of: utterances of each class in each part, and which of a part's labels becomes
 * which class. Nothing changes before it is applied; the parts are then joined again, and the choice is remembered
 * for every joining of the same corpus.
 */
import { Grid3x3 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { CORPUS, type ClassMap, type Joined, type JoinedPart } from '../../../core/corpus/joined/joined';
import { choosableClasses, countClasses, sharedClasses } from '../../../core/corpus/joined/mapping';
import type { CorpusManifest } from '../../../core/corpus/types';
import { acrossSplit } from '../../../core/splits/across';
import { offerOf } from '../../../core/splits/report';
import { useCorpus } from '../../../state/corpus/corpus';
import { useDraft } from '../../../state/draft';
import { useClassName } from '../../../ui/class-names';
import { Button } from '../../../ui/controls/button';
import { Panel } from '../../../ui/controls/panel';
import { ScrollBox } from '../../../ui/controls/scroll-box';
import { useCorpusWords } from '../../../ui/text/corpus-words';
import { useFormat } from '../../../ui/text/format';
import panel from '../data-screen.module.css';
import { PartValues } from './part-values';

/** By fingerprint of the part. */
type Maps = Readonly<Record<string, ClassMap>>;

const mapsOf = (parts: readonly JoinedPart[], of: 'classOf' | 'suggested'): Maps =>
  Object.fromEntries(parts.map((part) => [part.id, part[of]]));

/** Independent of the order in which values were mapped. */
const text = (maps: Maps): string =>
  JSON.stringify(
    Object.entries(maps).map(([id, map]) => [
      id,
      Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ]),
  );

export function JoinedPanel({
  joined: { parts, dropped },
  manifest,
}: {
  readonly joined: Joined;
  readonly manifest: CorpusManifest;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const words = useCorpusWords();
  const reading = useCorpus((s) => s.status === 'scanning' || s.status === 'making');
  const closed = useCorpus((s) => s.closed);
  const set = useDraft((s) => s.set);
  const [maps, setMaps] = useState(() => mapsOf(parts, 'classOf'));
  const [applied, suggested] = [mapsOf(parts, 'classOf'), mapsOf(parts, 'suggested')];
  const edited = parts.map((part) => ({ ...part, classOf: maps[part.id] ?? {} }));
  const tooFew = sharedClasses(edited).all.length < 2;
  const classes = choosableClasses(parts);
  const split = useMemo(() => acrossSplit(offerOf(manifest), CORPUS), [manifest]);
  const apply = (next: Maps): void => {
    setMaps(next);
    // What is as suggested need not be remembered.
    const kept = parts.map(({ id }): readonly [string, ClassMap | null] => [
      id,
      text({ [id]: next[id]! }) === text({ [id]: suggested[id]! }) ? null : next[id]!,
    ]);
    void useCorpus.getState().mapClasses(Object.fromEntries(kept));
  };
  return (
    <Panel
      title={t('join.parts')}
      note={t('join.partsNote')}
      actions={
        <>
          <Button tone="quiet" disabled={text(maps) === text(applied)} onClick={() => setMaps(applied)}>
            {t('tableEditor.undo')}
          </Button>
          <Button
            tone="quiet"
            disabled={reading || (text(maps) === text(suggested) && text(maps) === text(applied))}
            onClick={() => apply(suggested)}
          >
            {t('tableEditor.reset')}
          </Button>
          <Button
            tone="primary"
            disabled={reading || tooFew || text(maps) === text(applied)}
            onClick={() => apply(maps)}
          >
            {t('join.apply')}
          </Button>
        </>
      }
    >
      <ClassCounts parts={edited} />
      {tooFew && (
        <p role="alert" className={panel['alarm']}>
          {t('join.tooFew')}
        </p>
      )}
      {parts.map((part) => (
        <PartValues
          key={part.id}
          part={part}
          classOf={maps[part.id] ?? {}}
          classes={classes}
          closed={closed.includes(part.name)}
          onChange={(classOf) => setMaps({ ...maps, [part.id]: classOf })}
        />
      ))}
      {dropped.length > 0 && (
        <p>{t('join.dropped', { columns: dropped.map((id) => words.column(id)).join(', ') })}</p>
      )}
      {split && (
        <p>
          {t('join.matrixNote')}{' '}
          <Button
            icon={<Grid3x3 />}
            onClick={() => {
              set({ split });
              void navigate('/sweep');
            }}
          >
            {t('join.matrix')}
          </Button>
        </p>
      )}
    </Panel>
  );
}

function ClassCounts({ parts }: { readonly parts: readonly JoinedPart[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const className = useClassName();
  const { all, common } = sharedClasses(parts);
  const counts = parts.map(countClasses);
  return (
    <ScrollBox className={panel['tableBox']} title={t('join.counts')}>
      <table className={panel['table']}>
        <caption className="visually-hidden">{t('join.counts')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('data.class')}</th>
            {parts.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col" data-text>
              {t('join.common')}
            </th>
          </tr>
        </thead>
        <tbody>
          {all.map((name) => (
            <tr key={name} data-out={!common.includes(name)}>
              <th scope="row">{className(name)}</th>
              {counts.map(({ classes }, i) => (
                <td key={parts[i]!.name}>{format.integer(classes[name] ?? 0)}</td>
              ))}
              <td data-text>{t(common.includes(name) ? 'settings.values.yes' : 'settings.values.no')}</td>
            </tr>
          ))}
          <tr data-out>
            <th scope="row">{t('data.leftOut')}</th>
            {counts.map(({ leftOut }, i) => (
              <td key={parts[i]!.name}>{format.integer(leftOut)}</td>
            ))}
            <td data-text>–</td>
          </tr>
        </tbody>
      </table>
    </ScrollBox>
  );
}
