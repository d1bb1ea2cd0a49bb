/**
 * The frame around every screen: header, navigation, the promise of privacy, help, and what must be done once
 * at the start.
 */
import { CircleHelp, Ellipsis } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, ScrollRestoration, useLocation, useNavigate } from 'react-router';
import { toWire, type WireError } from '../core/errors/errors';
import { unknownKeys } from '../core/config/link-problems';
import { readQuery } from '../core/config/query';
import { useBackends } from '../state/machine/backends';
import { useCompare } from '../state/runs/compare';
import { useCorpus } from '../state/corpus/corpus';
import { useUtterances } from '../state/corpus/utterances';
import { useDraft } from '../state/draft';
import { useLibrary } from '../state/runs/library';
import { useQueue } from '../state/queue/queue';
import { useRun } from '../state/run/run';
import { useSettings } from '../state/settings';
import { onStorageBlocked, onStorageEmptied, useStorageNotice } from '../state/runs/storage';
import { useWeights } from '../state/runs/weights';
import { IconButton } from '../ui/controls/button';
import { ChartDefinitions } from '../ui/chart-definitions';
import { ErrorNote } from '../ui/controls/error-note';
import { ActionMenu } from '../ui/controls/overlay';
import { BackendChip } from './backend-chip';
import { DropZone } from './drop-zone';
import { ErrorBoundary } from './error-boundary';
import { ForkDialog } from './fork-dialog';
import { HelpDialog } from './help-dialog';
import { ImportDialog } from './import-dialog';
import { readPageLink } from './link';
import { Logo } from './logo';
import { LanguageButton, ThemeButton } from './preferences';
import { SCREENS, screenAt } from './screen-registry';
import { preloadScreens } from './screens';
import styles from './shell.module.css';

const BESIDE = SCREENS.filter((screen) => 'beside' in screen);

/** True where a key press belongs to the element that has the focus. */
export const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

function useHelpKey(open: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === '?' && !takesText(event.target) && !event.ctrlKey && !event.metaKey) open();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [open]);
}

/** Screens that have a link's query of their own, by path. */
const TAKES: Readonly<Record<string, (query: string) => void>> = {
  '/compare': (query) => useCompare.getState().applyLink(query),
  '/data/utterances': (query) => useUtterances.getState().applyLink(query),
};

const PREFETCH_MS = 500;
let begun: Promise<void> | null = null;

/**
 * Where site data are blocked: said once; no sentence says that runs are kept, and leaving the page asks
 * first once there are some.
 */
async function lastForTheVisit(error: unknown): Promise<void> {
  useStorageNotice.getState().tell(toWire(error));
  const { speakOfMemory } = await import('./i18n/in-memory');
  speakOfMemory();
  addEventListener('beforeunload', (event) => {
    if (useLibrary.getState().entries.length > 0) event.preventDefault();
  });
}

/**
 * What is done once a visit: find what is stored and what can compute; from then on the draft follows the
 * open corpus.
 */
function begin(): Promise<void> {
  begun ??= (async () => {
    // A draft that was kept has a corpus of its own; and a run that opens its corpus changes nothing in the
    // draft.
    let restoring = useDraft.getState().kept;
    useCorpus.subscribe(({ choice }, before) => {
      if (!choice || choice === before.choice || restoring || useRun.getState().starting !== null) return;
      const { problems: told, set } = useDraft.getState();
      set({ corpus: choice });
      useDraft.setState({ problems: told });
    });
    onStorageBlocked((error) => void lastForTheVisit(error));
    onStorageEmptied(() => {
      // a run that goes has what it needs
      if (!useRun.getState().trained?.live) useCorpus.getState().emptied();
      void useLibrary.getState().refresh();
      void useQueue.getState().refresh();
      void useWeights.getState().refresh();
    });
    void useLibrary.getState().refresh();
    void useBackends.getState().probe();
    await useCorpus.getState().restore();
    restoring = false;
    void useQueue.getState().restore();
    // Fetched now, the first run does not wait for the charts, and no screen for a server that may be gone by
    // then.
    setTimeout(() => void preloadScreens(), PREFETCH_MS);
  })();
  return begun;
}

/**
 * Takes a link over: its page part into the settings, its configuration into the draft, and starts where it
 * says so.
 */
function useLink(): void {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  useEffect(() => {
    if (search.length < 2) return;
    // Taken over once; a reload must not undo what was changed since, nor start again.
    void navigate(pathname, { replace: true });
    const link = readPageLink(search.slice(1));
    const settings = useSettings.getState();
    if (link.language) settings.setLanguage(link.language);
    if (link.theme) settings.setTheme(link.theme);
    const tell = (more: readonly WireError[]): void => {
      if (more.length > 0) useDraft.setState(({ problems: told }) => ({ problems: [...told, ...more] }));
    };
    const takes = TAKES[pathname];
    if (takes && link.configuration) takes(link.configuration);
    // Any other screen takes nothing but the page's part.
    if (pathname !== '/train') {
      void begin().then(() =>
        tell([
          ...link.problems,
          ...(takes ? [] : unknownKeys([...readQuery(link.configuration).keys()], [])),
        ]),
      );
      return;
    }
    // After the corpus used last is back, or it would replace the link's in the draft.
    void begin().then(() => {
      if (link.configuration) useDraft.getState().applyLink(link.configuration);
      tell(link.problems);
      if (link.autostart) void useRun.getState().start(useDraft.getState().config);
    });
  }, [navigate, pathname, search]);
}

export function Shell() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [help, setHelp] = useState(false);
  const problems = useDraft((s) => s.problems);
  const { notice, dismiss: dismissNotice } = useStorageNotice();
  const dismissProblems = useDraft((s) => s.dismissProblems);
  useLink();
  useHelpKey(() => setHelp(true));
  useEffect(() => void begin(), []);
  const screen = screenAt(pathname);
  useEffect(() => {
    const title = screen && ('title' in screen ? t(screen.title) : t(`nav.${screen.id}`));
    document.title = title ? `${title} · Equipoise` : 'Equipoise';
  }, [pathname, screen, t]);

  return (
    <DropZone>
      <a
        className={styles['skip']}
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        {t('shell.skip')}
      </a>
      <header className={styles['header']}>
        <NavLink to="/" className={styles['brand'] ?? ''} aria-label={t('shell.home')}>
          <Logo />
          <span>Equipoise</span>
        </NavLink>
        <Navigation />
        <div className={styles['tools']}>
          <BackendChip />
          <LanguageButton />
          <ThemeButton />
          <IconButton label={t('shell.help')} icon={<CircleHelp />} onClick={() => setHelp(true)} />
        </div>
      </header>
      <main id="main" tabIndex={-1} className={styles['main']}>
        {notice && (
          <div className={styles['problems']}>
            <ErrorNote error={notice} tone="warning" onDismiss={dismissNotice} />
          </div>
        )}
        {problems.length > 0 && (
          <div className={styles['problems']}>
            {problems.map((problem) => (
              <ErrorNote key={problem.message} error={problem} tone="warning" onDismiss={dismissProblems} />
            ))}
          </div>
        )}
        <ErrorBoundary key={pathname} local>
          <Outlet />
        </ErrorBoundary>
      </main>
      <footer className={styles['footer']}>
        <p>{t('shell.private')}</p>
      </footer>
      <HelpDialog open={help} onOpenChange={setHelp} />
      <ImportDialog />
      <ForkDialog />
      <ChartDefinitions />
      <ScrollRestoration />
    </DropZone>
  );
}

function Navigation() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return (
    <nav className={styles['nav']} aria-label={t('shell.navigation')}>
      {SCREENS.map(({ id, path, Icon, ...more }) => (
        <NavLink
          key={id}
          to={path}
          end={path === '/'}
          className={styles['link'] ?? ''}
          data-beside={'beside' in more}
        >
          <Icon aria-hidden="true" />
          <span>{t(`nav.${id}`)}</span>
        </NavLink>
      ))}
      <ActionMenu
        trigger={
          <button
            type="button"
            className={styles['more']}
            data-here={BESIDE.some(({ path }) => path === pathname)}
            aria-label={t('shell.moreScreens')}
          >
            <Ellipsis aria-hidden="true" />
          </button>
        }
        actions={BESIDE.map(({ id, path, Icon }) => ({
          key: id,
          label: t(`nav.${id}`),
          icon: <Icon />,
          onSelect: () => void navigate(path),
        }))}
      />
    </nav>
  );
}
