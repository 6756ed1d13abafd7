import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from '../client/hooks.ts';
import { startQueue } from '../client/queue-live.ts';
import { startTexts } from '../i18n/language.ts';
import type { PageList } from '../page-list.ts';
import { registerPages } from '../parts/registry.ts';
import { startTheme } from '../theme.ts';
import { buildRouter, type ExtraPage } from './router.tsx';
import '../tokens.css';
import '../base.css';
import '../parts/parts.css';

/** Starts the application from the modules' page lists. `extra` are pages of the application itself. */
export async function startApplication(
  element: HTMLElement,
  lists: readonly PageList[],
  extra: readonly ExtraPage[] = [],
): Promise<void> {
  registerPages(lists);
  startTheme();
  startQueue();
  await startTexts(lists);
  const router = buildRouter(lists, extra);
  createRoot(element).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}
