import type { PageList } from '../page-list.ts';

let lists: readonly PageList[] = [];

/** Says which modules this application is made of; once, before anything is drawn. */
export function registerPages(all: readonly PageList[]): void {
  lists = all;
}

/** Every module's page list. */
export function pageLists(): readonly PageList[] {
  return lists;
}
