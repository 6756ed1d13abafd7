import type { ReactNode } from 'react';
import { Stack } from '../parts/layout.tsx';

/** What waits, as keys under a heading; nothing stands where nothing waits. */
export function TaskList(props: { title: ReactNode; children: readonly ReactNode[] }) {
  if (props.children.length === 0) return null;
  return (
    <section>
      <h2>{props.title}</h2>
      <Stack gap={8}>{props.children}</Stack>
    </section>
  );
}
