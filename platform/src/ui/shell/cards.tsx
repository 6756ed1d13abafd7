import { type ComponentType, lazy, Suspense } from 'react';
import { loadTexts } from '../i18n/language.ts';
import type { HomeCard } from '../page-list.ts';
import { ErrorBoundary, Loading } from '../parts/state.tsx';
import type { Placed } from './home.ts';

const drawn = new Map<HomeCard, ComponentType<object>>();

function componentOf({ module, item }: Placed<HomeCard>): ComponentType<object> {
  let made = drawn.get(item);
  if (!made) {
    made = lazy(async () => {
      const [loaded] = await Promise.all([item.load(), loadTexts(module)]);
      return loaded;
    });
    drawn.set(item, made);
  }
  return made;
}

/** What waits for the person here, one card a module; a broken card leaves the others standing. */
export function Cards({ cards }: { cards: readonly Placed<HomeCard>[] }) {
  return (
    <div className="z-cards">
      {cards.map((card) => {
        const Content = componentOf(card);
        return (
          <div className="z-card" key={`${card.module}.${card.item.id}`}>
            <ErrorBoundary>
              <Suspense fallback={<Loading lines={2} />}>
                <Content />
              </Suspense>
            </ErrorBoundary>
          </div>
        );
      })}
    </div>
  );
}
