import type { ComponentType } from 'react';
import type { Access as ContractAccess } from '../http/contract.ts';
import type { Text } from '../kernel/index.ts';

/** The three faces of the application: the station's phone, the office's desktop, anyone's browser. */
export type Face = 'floor' | 'office' | 'public';

/** Roles a person may hold in an organisation; homes and navigation are chosen by them. */
export type Role = string;

/**
 * Who may open it. A permission may be named by its plain string here, so that the list of pages,
 * which every visitor loads, does not bring the whole contract with it; a test in `apps/web` checks
 * that such a permission exists.
 */
export type Access = ContractAccess | `${string}.${string}:${string}`;

/** The groups of the office navigation, in the order they are shown. */
export const navGroups = [
  'today',
  'reverse',
  'making',
  'quality',
  'selling',
  'service',
  'insight',
  'settings',
] as const;
export type NavGroup = (typeof navGroups)[number];

type Loaded<P> = Promise<{ readonly default: ComponentType<P> }>;

export interface Page {
  /** Unique in the module. */
  readonly id: string;
  /** Below `/floor/`, `/office/` or anywhere for `public`; parameters as `$coreId`. */
  readonly path: string;
  readonly face: Face;
  readonly title: Text;
  /** Shown in the face's navigation; leave out for pages reached from others. */
  readonly nav?: { readonly group: NavGroup; readonly order: number; readonly icon: IconName };
  /** Who may open it: a permission, or anyone signed in when left out (anyone on the public face). */
  readonly access?: Access;
  /** The roles whose home offers this page as a large key. */
  readonly roles?: readonly Role[];
  readonly load: () => Loaded<object>;
}

/** A card on the home of some roles: what waits for them. It shows at most a few numbers. */
export interface HomeCard {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly face: 'floor' | 'office';
  readonly order: number;
  readonly access?: Access;
  readonly load: () => Loaded<object>;
}

/** Where a scanned code leads. */
export interface ScanTarget {
  readonly to: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly search?: Readonly<Record<string, string>>;
  /** What it is, for choosing when several things answer. */
  readonly label: string;
}

/** Answers for a scanned code, or `undefined` when it is none of the module's. */
export type ScanResolver = (code: string) => Promise<ScanTarget | undefined>;

export interface ScanAnswer {
  readonly id: string;
  /** Smaller asks first; the first answer wins when only one thing answers. */
  readonly order: number;
  readonly load: () => Promise<{ readonly default: ScanResolver }>;
}

/** A part of another module's page: `slot` names the place, the component gets the place's props. */
export interface Panel {
  readonly id: string;
  readonly slot: string;
  readonly order: number;
  readonly title: Text;
  readonly access?: Access;
  // each slot documents its props; the place that renders it passes them
  readonly load: () => Loaded<never>;
}

type Texts = () => Promise<{ readonly default: object }>;

/** All a module shows. */
export interface PageList {
  readonly module: string;
  readonly texts: { readonly zh: Texts; readonly en: Texts };
  readonly pages: readonly Page[];
  readonly home?: readonly HomeCard[];
  readonly scans?: readonly ScanAnswer[];
  readonly panels?: readonly Panel[];
}

/** Names the drawings of {@link Icon}. */
export type IconName =
  | 'scan'
  | 'home'
  | 'inbox'
  | 'box'
  | 'wrench'
  | 'drop'
  | 'ruler'
  | 'gear'
  | 'layers'
  | 'gauge'
  | 'truck'
  | 'warehouse'
  | 'shield'
  | 'stamp'
  | 'cart'
  | 'coin'
  | 'chart'
  | 'line'
  | 'tree'
  | 'book'
  | 'calendar'
  | 'people'
  | 'settings'
  | 'leaf'
  | 'bell'
  | 'pulse'
  | 'search'
  | 'camera'
  | 'print'
  | 'plus'
  | 'minus'
  | 'close'
  | 'check'
  | 'warn'
  | 'info'
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'menu'
  | 'moon'
  | 'sun'
  | 'globe'
  | 'user'
  | 'out'
  | 'download'
  | 'filter'
  | 'columns'
  | 'star'
  | 'clock'
  | 'offline'
  | 'undo'
  | 'trash'
  | 'edit'
  | 'link'
  | 'play'
  | 'stop'
  | 'map'
  | 'flag'
  | 'document'
  | 'photo'
  | 'key'
  | 'factory'
  | 'recycle'
  | 'bolt'
  | 'eye'
  | 'more'
  | 'upload';

/**
 * Declares what a module shows. Paths of a face begin with its name, so that the face is plain
 * from the address; a mistake throws when the application starts, not when somebody clicks.
 */
export function definePages(list: PageList): PageList {
  const seen = new Set<string>();
  for (const page of list.pages) {
    const fits =
      page.face === 'public'
        ? !/^\/(floor|office)(\/|$)/.test(page.path)
        : page.path.startsWith(`/${page.face}/`);
    if (!fits)
      throw new Error(`${list.module}.${page.id}: ${page.path} is not on the ${page.face} face`);
    if (seen.has(page.id)) throw new Error(`${list.module}: two pages named ${page.id}`);
    seen.add(page.id);
  }
  return list;
}
