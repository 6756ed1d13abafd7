import { text } from '@zaizao/platform/kernel';
import type { OfferedTour } from '@zaizao/platform/ui';

/** The tour of the demonstration plant; its steps are loaded when it starts. */
export const plantTour: OfferedTour = {
  name: 'plant',
  title: text('十分钟导览', 'Ten-minute tour'),
  lead: text(
    '跟着一件旧起动机走完整个循环，直到护照。',
    'Follow one used starter motor round the whole loop to its passport.',
  ),
  load: async () => (await import('./steps.ts')).steps,
};
