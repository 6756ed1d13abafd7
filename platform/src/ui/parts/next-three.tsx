import type { ReactNode } from 'react';
import type { Destination } from './link.tsx';
import { TaskKey } from './task.tsx';

interface Next {
  readonly id: string;
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly to: Destination;
}

/** Below the counts of a home card: the next three things to do, each leading straight to the work. */
export function NextThree({ of }: { of: readonly Next[] }) {
  if (of.length === 0) return null;
  return (
    <div className="z-next">
      {of.slice(0, 3).map(({ id, ...key }) => (
        <TaskKey key={id} {...key} />
      ))}
    </div>
  );
}
