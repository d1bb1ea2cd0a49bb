/** The last net: a screen that failed to draw says so, keeps the rest of the page alive and offers a way on. */
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { RotateCw } from 'lucide-react';
import { toWire, type WireError } from '../core/errors/errors';
import { Button } from '../ui/button';
import { ErrorNote } from '../ui/error-note';
import styles from './shell.module.css';

export function Crash({ error }: { readonly error: WireError }) {
  const { t } = useTranslation();
  return (
    <div className={styles['crash']}>
      <h1>{t('crash.title')}</h1>
      <ErrorNote error={error} actions={<Button tone="primary" icon={<RotateCw />} onClick={() => location.reload()}>{t('crash.reload')}</Button>} />
      <p>{t('crash.kept')}</p>
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

export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: toWire(error) };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    const wire = toWire(error);
    this.setState({ error: { ...wire, cause: `${wire.cause ?? ''}\n${info.componentStack ?? ''}` } });
  }

  override render(): ReactNode {
    return this.state.error ? <Crash error={this.state.error} /> : this.props.children;
  }
}
