import { type ComponentType, lazy, Suspense } from 'react';
import { loadTexts, useSay } from '../i18n/language.ts';
import type { Panel } from '../page-list.ts';
import { useMay } from '../session.tsx';
import { Section } from './layout.tsx';
import { pageLists } from './registry.ts';
import { ErrorBoundary, Loading } from './state.tsx';

const drawn = new Map<Panel, ComponentType<Record<string, unknown>>>();

function componentOf(module: string, panel: Panel): ComponentType<Record<string, unknown>> {
  let made = drawn.get(panel);
  if (!made) {
    made = lazy(async () => {
      const [loaded] = await Promise.all([panel.load(), loadTexts(module)]);
      return loaded as { default: ComponentType<Record<string, unknown>> }; // the slot's props are a convention between two modules
    });
    drawn.set(panel, made);
  }
  return made;
}

/** The panels that other modules put into a place of this page: `<Panels slot="core" props={{coreId}} />`. */
export function Panels({ slot, props }: { slot: string; props: Record<string, unknown> }) {
  const say = useSay();
  const may = useMay();
  const panels = pageLists()
    .flatMap((list) => (list.panels ?? []).map((panel) => ({ module: list.module, panel })))
    .filter(({ panel }) => panel.slot === slot && (!panel.access || may(panel.access)))
    .sort((a, b) => a.panel.order - b.panel.order);
  return (
    <>
      {panels.map(({ module, panel }) => {
        const Content = componentOf(module, panel);
        return (
          <Section key={`${module}.${panel.id}`} title={say(panel.title)}>
            <ErrorBoundary>
              <Suspense fallback={<Loading />}>
                <Content {...props} />
              </Suspense>
            </ErrorBoundary>
          </Section>
        );
      })}
    </>
  );
}
