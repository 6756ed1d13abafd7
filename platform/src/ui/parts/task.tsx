import type { ReactNode } from 'react';
import type { IconName } from '../page-list.ts';
import { Icon } from './icon.tsx';
import { type Destination, Link } from './link.tsx';

/** A whole-width key that leads to a page or a thing: tasks, candidates, results of a scan. */
export function TaskKey(props: {
  title: ReactNode;
  note?: ReactNode;
  icon?: IconName;
  picture?: ReactNode;
  aside?: ReactNode;
  to?: Destination;
  onClick?: () => void;
}) {
  const inside = (
    <>
      {props.picture ??
        (props.icon ? (
          <span className="z-task-icon">
            <Icon name={props.icon} size={24} />
          </span>
        ) : null)}
      <span className="z-task-main">
        <span className="z-task-text">
          <strong>{props.title}</strong>
          {props.note ? <small>{props.note}</small> : null}
        </span>
        {props.aside}
      </span>
      <Icon name="right" />
    </>
  );
  return props.to ? (
    <Link className="z-task" {...props.to}>
      {inside}
    </Link>
  ) : (
    <button type="button" className="z-task" onClick={() => props.onClick?.()}>
      {inside}
    </button>
  );
}

/** Where one is in a sequence of steps. */
export function Steps({ names, at }: { names: readonly string[]; at: number }) {
  return (
    <ol className="z-steps">
      {names.map((name, i) => (
        <li
          key={name}
          className={i < at ? 'z-past' : i === at ? 'z-now' : ''}
          {...(i === at ? { 'aria-current': 'step' as const } : {})}
        >
          <i>{i < at ? <Icon name="check" size={14} /> : i + 1}</i>
          <span>{name}</span>
        </li>
      ))}
    </ol>
  );
}
