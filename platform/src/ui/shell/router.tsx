import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { type ComponentType, createElement, useEffect } from 'react';
import { text } from '../../kernel/index.ts';
import { Problem } from '../client/problem.ts';
import { kitText, loadTexts, useSay } from '../i18n/language.ts';
import type { Face, Page, PageList } from '../page-list.ts';
import { parseSearch, stringifySearch } from '../parts/address.ts';
import { ProblemBox } from '../parts/state.tsx';
import { Guard } from './guard.tsx';
import { NotFound } from './not-found.tsx';
import { Root } from './root.tsx';

type Component = ComponentType<object>;
type Loader = () => Promise<{ readonly default: Component }>;

/** A page of the application itself, outside the modules. */
export type ExtraPage = Omit<Page, 'id'>;

/** The shell's own pages, beside those of the modules. */
const own: readonly ExtraPage[] = [
  {
    path: '/',
    face: 'public',
    title: text('再造', 'Zaizao'),
    access: 'public',
    load: () => import('./welcome.tsx'),
  },
  {
    path: '/sign-in',
    face: 'public',
    title: text('登录', 'Sign in'),
    access: 'public',
    load: () => import('./sign-in.tsx'),
  },
  {
    path: '/sign-up',
    face: 'public',
    title: text('注册', 'Sign up'),
    access: 'public',
    load: () => import('./sign-up.tsx'),
  },
  {
    path: '/invitation',
    face: 'public',
    title: text('邀请', 'Invitation'),
    access: 'public',
    load: () => import('./invitation.tsx'),
  },
  {
    path: '/reset-password',
    face: 'public',
    title: text('设置新密码', 'Set a new password'),
    access: 'public',
    load: () => import('./reset-password.tsx'),
  },
  {
    path: '/setup',
    face: 'public',
    title: text('建立我的工厂', 'Start my own plant'),
    access: 'public',
    load: () => import('./setup.tsx'),
  },
  {
    path: '/floor',
    face: 'floor',
    title: text('车间首页', 'Floor home'),
    load: () => import('./floor-home.tsx'),
  },
  {
    path: '/floor/waiting',
    face: 'floor',
    title: text('等待提交', 'Waiting to be sent'),
    load: () => import('./waiting-page.tsx'),
  },
  {
    path: '/office',
    face: 'office',
    title: text('首页', 'Home'),
    load: () => import('./office-home.tsx'),
  },
];

/** The page around its content: its title, and who may see it. */
function framed(page: ExtraPage, Content: Component): Component {
  return function Framed() {
    const title = useSay()(page.title);
    useEffect(() => {
      document.title = `${title} · 再造 Zaizao`;
    }, [title]);
    const access = page.access ?? (page.face === 'public' ? 'public' : 'signed-in');
    return (
      <Guard access={access}>
        <Content />
      </Guard>
    );
  };
}

function loaderOf(page: ExtraPage, module: string): Loader {
  return async () => {
    const [loaded] = await Promise.all([page.load(), loadTexts(module)]);
    return { default: framed(page, loaded.default) };
  };
}

/** Builds the router from the modules' page lists; each face's frame and each page load when needed. */
export function buildRouter(lists: readonly PageList[], extra: readonly ExtraPage[] = []) {
  const root = createRootRoute({ component: Root, notFoundComponent: NotFound });
  const frames: Readonly<Record<Face, Loader>> = {
    floor: () => import('./floor-face.tsx'),
    office: () => import('./office-face.tsx'),
    public: () => import('./public-face.tsx'),
  };
  const all = [
    ...[...own, ...extra].map((page) => ({ page, module: 'kit' })),
    ...lists.flatMap((list) => list.pages.map((page) => ({ page, module: list.module }))),
  ];
  const faces = (['floor', 'office', 'public'] as const).map((face) => {
    const layout = createRoute({
      getParentRoute: () => root,
      id: `_${face}`,
      component: lazyRouteComponent(frames[face]),
    });
    const pages = all
      .filter(({ page }) => page.face === face)
      .map(({ page, module }) =>
        createRoute({
          getParentRoute: () => layout,
          path: page.path,
          component: lazyRouteComponent(loaderOf(page, module)),
        }),
      );
    return layout.addChildren(pages);
  });
  return createRouter({
    routeTree: root.addChildren(faces),
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPendingMs: 200,
    scrollRestoration: true,
    defaultPendingComponent: () => createElement('div', { className: 'z-pending', role: 'status' }),
    defaultErrorComponent: ({ error, reset }) => createElement(RouteProblem, { error, reset }),
  });
}

/** A page that could not be loaded: after an update its old pieces are gone, and a reload fetches the new. */
function RouteProblem({ error, reset }: { error: unknown; reset: () => void }) {
  const detail = error instanceof Error ? error.message : String(error);
  const isGone = /dynamically imported|module script|preload/i.test(detail);
  const problem =
    error instanceof Problem
      ? error
      : new Problem(kitText(isGone ? 'problem.stale' : 'problem.broken', { detail }), {
          status: 0,
          code: 'BROKEN',
        });
  return (
    <main className="z-lonely">
      <ProblemBox problem={problem} retry={isGone ? () => location.reload() : reset} />
    </main>
  );
}
