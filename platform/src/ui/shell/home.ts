import type { HomeCard, Page } from '../page-list.ts';
import { pageLists } from '../parts/registry.ts';
import type { Session } from '../session.tsx';

export interface Placed<T> {
  readonly module: string;
  readonly item: T;
}

function visible(session: Session, access: string | undefined): boolean {
  return (
    access === undefined ||
    access === 'public' ||
    access === 'signed-in' ||
    session.permissions.includes(access)
  );
}

/** The pages of a face that the person's roles call theirs, in order. */
export function pagesForRoles(session: Session, face: 'floor' | 'office'): readonly Placed<Page>[] {
  return pageLists()
    .flatMap((list) => list.pages.map((item) => ({ module: list.module, item })))
    .filter(
      ({ item }) => item.face === face && !item.path.includes('$') && visible(session, item.access),
    )
    .filter(({ item }) => item.roles?.some((r) => session.roles.includes(r)))
    .sort((a, b) => (a.item.nav?.order ?? 999) - (b.item.nav?.order ?? 999));
}

/** The navigation of a face: every page with a place in it that the person may open. */
export function navPages(session: Session, face: 'floor' | 'office'): readonly Placed<Page>[] {
  return pageLists()
    .flatMap((list) => list.pages.map((item) => ({ module: list.module, item })))
    .filter(({ item }) => item.face === face && item.nav && visible(session, item.access))
    .sort((a, b) => (a.item.nav?.order ?? 0) - (b.item.nav?.order ?? 0));
}

/** The cards of what waits for the person's roles. */
export function cardsForRoles(
  session: Session,
  face: 'floor' | 'office',
): readonly Placed<HomeCard>[] {
  return pageLists()
    .flatMap((list) => (list.home ?? []).map((item) => ({ module: list.module, item })))
    .filter(({ item }) => item.face === face && visible(session, item.access))
    .filter(
      ({ item }) => item.roles.includes('*') || item.roles.some((r) => session.roles.includes(r)),
    )
    .sort((a, b) => a.item.order - b.item.order);
}

/** Where a person starts: on the floor when the floor has work for their roles and the office none, or the screen is a phone's. */
export function homeFace(session: Session, isNarrow: boolean): '/floor' | '/office' {
  const floor = pagesForRoles(session, 'floor').length;
  const office = pagesForRoles(session, 'office').length + cardsForRoles(session, 'office').length;
  if (floor === 0) return '/office';
  return office === 0 || isNarrow || floor > office ? '/floor' : '/office';
}
