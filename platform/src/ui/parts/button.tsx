import type { ReactNode } from 'react';
import type { IconName } from '../page-list.ts';
import { Icon } from './icon.tsx';
import { type Destination, Link } from './link.tsx';

export interface ButtonProps {
  readonly children: ReactNode;
  /** `primary` once a page; `danger` for what cannot be taken back. */
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly size?: 'small' | 'middle' | 'large';
  readonly icon?: IconName;
  readonly onClick?: () => void;
  readonly isBusy?: boolean;
  readonly disabled?: boolean;
  readonly submit?: boolean;
  readonly wide?: boolean;
  /** Only the drawing is seen; `children` names it for screen readers. */
  readonly iconOnly?: boolean;
  readonly pressed?: boolean;
}

/** A key. While busy it keeps its size and takes no second press. */
export function Button(props: ButtonProps) {
  const { isBusy = false, disabled = false } = props;
  return (
    <button
      type={props.submit ? 'submit' : 'button'}
      className={classOf(props)}
      disabled={disabled}
      aria-busy={isBusy}
      {...(props.pressed === undefined ? {} : { 'aria-pressed': props.pressed })}
      {...(props.iconOnly && typeof props.children === 'string'
        ? { 'aria-label': props.children, title: props.children }
        : {})}
      onClick={(e) => {
        if (isBusy) e.preventDefault();
        else props.onClick?.();
      }}
    >
      <Inside {...props} />
    </button>
  );
}

/** A link that looks like a key. */
export function LinkButton(props: ButtonProps & Destination) {
  const { to, params, search } = props;
  return (
    <Link
      to={to}
      {...(params ? { params } : {})}
      {...(search ? { search } : {})}
      className={classOf(props)}
    >
      <Inside {...props} />
    </Link>
  );
}

function Inside(props: ButtonProps) {
  return (
    <>
      {props.isBusy ? (
        <span className="z-spin" aria-hidden="true" />
      ) : props.icon ? (
        <Icon
          name={props.icon}
          size={props.size === 'small' ? 16 : props.size === 'large' ? 24 : 18}
        />
      ) : null}
      {props.iconOnly ? null : <span>{props.children}</span>}
    </>
  );
}

function classOf({ kind = 'plain', size = 'middle', wide, iconOnly }: ButtonProps): string {
  return `z-button z-button-${kind} z-button-${size}${wide ? ' z-wide' : ''}${iconOnly ? ' z-button-icon' : ''}`;
}
