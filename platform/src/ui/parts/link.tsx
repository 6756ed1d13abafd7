import { Link as RouterLink, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** Where to: a page's path with its `$params`, and the search that holds its filters. */
export interface Destination {
  readonly to: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly search?: Readonly<Record<string, string | undefined>>;
}

/**
 * A link to a page. Pages are put together from the modules' lists at start, so the router cannot
 * type their paths; this is the one place that says so.
 */
export function Link(
  props: Destination & {
    children: ReactNode;
    className?: string;
    title?: string;
    'aria-label'?: string;
    onClick?: () => void;
  },
) {
  const { to, params, search, ...rest } = props;
  return (
    <RouterLink {...untyped({ to, params, search })} {...rest}>
      {props.children}
    </RouterLink>
  );
}

/** Goes to a page from code: `const go = useGo(); go({to: '/floor/grade/$coreId', params: {coreId}})`. */
export function useGo(): (where: Destination & { readonly replace?: boolean }) => void {
  const router = useRouter();
  return ({ replace, ...where }) =>
    void router.navigate({ ...untyped(where), replace: replace ?? false });
}

function untyped(where: { to: string; params?: object | undefined; search?: object | undefined }) {
  return {
    to: where.to as '.',
    params: (where.params ?? {}) as Record<never, never>,
    search: (where.search ?? {}) as Record<never, never>,
  }; // see Link: the modules' paths are not in the router's type
}
