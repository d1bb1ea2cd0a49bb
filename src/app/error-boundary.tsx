/**
 * The last net: a screen that failed to draw says so, keeps the rest of the page alive and offers to be drawn
 * again.
 */
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { RotateCw } from 'lucide-react';
import { toWire, type WireError } from '../core/errors/errors';
import { Button } from '../ui/controls/button';
import { ErrorNote } from '../ui/controls/error-note';
import styles from './shell.module.css';

export function Crash({ error, again }: { readonly error: WireError; readonly again?: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles['crash']}>
      <h1>{t('crash.title')}</h1>
      <ErrorNote
        error={error}
        actions={
          <>
            {again && (
              <Button tone="primary" icon={<RotateCw />} onClick={again}>
                {t('crash.again')}
              </Button>
            )}
            <Button tone={again ? 'plain' : 'primary'} onClick={() => location.reload()}>
              {t('crash.reload')}
            </Button>
          </>
        }
      />
      <p>{t(again ? 'crash.goesOn' : 'crash.kept')}</p>
    </div>
  );
}

/** For the router: errors of a route, among them a part of the page that could not be loaded. */
export function RouteCrash() {
  return <Crash error={toWire(useRouteError())} />;
}

interface State {
  readonly error: WireError | null;
}

export interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** The rest of the page is whole: what is inside can be drawn again. */
  readonly local?: boolean;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: toWire(error) };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    const wire = toWire(error);
    this.setState({ error: { ...wire, cause: `${wire.cause ?? ''}\n${info.componentStack ?? ''}` } });
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    return (
      <Crash
        error={this.state.error}
        {...(this.props.local ? { again: () => this.setState({ error: null }) } : {})}
      />
    );
  }
}
