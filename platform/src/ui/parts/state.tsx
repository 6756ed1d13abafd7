import { Component, type ReactNode } from 'react';
import { Problem } from '../client/problem.ts';
import { kitText, useTexts } from '../i18n/language.ts';
import type { IconName } from '../page-list.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

/** Nothing here yet: says what to do next, and offers it. */
export function EmptyState(props: {
  icon?: IconName;
  title: ReactNode;
  /** What to do next. */
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="z-empty">
      <Icon name={props.icon ?? 'inbox'} size={36} />
      <p className="z-empty-title">{props.title}</p>
      {props.children ? <p>{props.children}</p> : null}
      {props.action}
    </div>
  );
}

/** The shape of what is coming; said once to screen readers. */
export function Loading({ lines = 3 }: { lines?: number }) {
  const t = useTexts('kit');
  return (
    <div className="z-loading" role="status">
      <span className="z-hidden">{t('state.loading')}</span>
      {Array.from({ length: lines }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
        <i key={i} style={{ width: `${92 - ((i * 23) % 40)}%` }} />
      ))}
    </div>
  );
}

/** A refusal or failure where content should be, with a way to try again. */
export function ProblemBox({ problem, retry }: { problem: Problem; retry?: () => void }) {
  const t = useTexts('kit');
  return (
    <div className="z-problem" role="alert">
      <Icon name={problem.isOffline ? 'offline' : 'warn'} size={28} />
      <div>
        <p>{problem.message}</p>
        {problem.requestId ? (
          <small>{t('problem.request', { id: problem.requestId })}</small>
        ) : null}
      </div>
      {retry ? <Button onClick={retry}>{t('act.retry')}</Button> : null}
    </div>
  );
}

/**
 * What a read shows: loading, its problem, or the content.
 * `<Reading of={useRead(getCore, {params})}>{(core) => …}</Reading>`
 */
export function Reading<T>(props: {
  of: { data: T | undefined; error: Problem | null; refetch: () => unknown };
  children: (value: T) => ReactNode;
  lines?: number;
}) {
  const { data, error, refetch } = props.of;
  if (data !== undefined) return <>{props.children(data)}</>;
  if (error) return <ProblemBox problem={error} retry={() => void refetch()} />;
  return <Loading lines={props.lines ?? 3} />;
}

interface Fallen {
  readonly error: Error | undefined;
}

/** Keeps a broken part from taking the page with it. */
export class ErrorBoundary extends Component<{ children: ReactNode; resetKey?: string }, Fallen> {
  override state: Fallen = { error: undefined };

  static getDerivedStateFromError(error: Error): Fallen {
    return { error };
  }

  override componentDidUpdate(before: { resetKey?: string }): void {
    if (this.state.error && before.resetKey !== this.props.resetKey)
      this.setState({ error: undefined });
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    const problem =
      error instanceof Problem
        ? error
        : new Problem(kitText('problem.broken', { detail: error.message }), {
            status: 0,
            code: 'BROKEN',
          });
    return <ProblemBox problem={problem} retry={() => this.setState({ error: undefined })} />;
  }
}
