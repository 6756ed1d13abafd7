import type { ReactNode } from 'react';
import { type Destination, Link } from '../parts/link.tsx';
import './office.css';

/** An office page: where one is, the title, what can be done, then the content. */
export function OfficePage(props: {
  title: ReactNode;
  note?: ReactNode;
  /** The page above: "cores" over one core. */
  up?: Destination & { readonly title: ReactNode };
  status?: ReactNode;
  actions?: ReactNode;
  /** Reading width instead of the whole width: forms, settings. */
  narrow?: boolean;
  children: ReactNode;
}) {
  const { up } = props;
  return (
    <div className={`z-office-page${props.narrow ? ' z-narrow' : ''}`}>
      <header className="z-page-head">
        <div>
          {up ? (
            <p className="z-crumb">
              <Link
                to={up.to}
                {...(up.params ? { params: up.params } : {})}
                {...(up.search ? { search: up.search } : {})}
              >
                {up.title}
              </Link>
            </p>
          ) : null}
          <h1>
            {props.title} {props.status}
          </h1>
          {props.note ? <p className="z-note">{props.note}</p> : null}
        </div>
        {props.actions ? <div className="z-actions">{props.actions}</div> : null}
      </header>
      {props.children}
    </div>
  );
}
