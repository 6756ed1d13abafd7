import { text } from '@zaizao/platform/kernel';
import type { Page } from '@zaizao/platform/ui/pages';

/** Pages that only the development server shows: the kit's parts in every state. */
const gallery: readonly Omit<Page, 'id'>[] = [
  {
    path: '/gallery',
    face: 'public',
    title: text('部件', 'Parts'),
    access: 'public',
    load: () => import('./parts-page.tsx'),
  },
];

export default gallery;
