import { text } from '@zaizao/platform/kernel';
import type { TourStep } from '@zaizao/platform/ui';

/** Shows how a tour points and waits. */
export const tourOfParts: readonly TourStep[] = [
  {
    id: 'figures',
    title: text('数字', 'Figures'),
    body: text('每个数字都能打开它的记录。', 'Every figure opens its records.'),
    target: '.z-grid',
  },
  {
    id: 'limits',
    title: text('限值', 'Limits'),
    body: text('输入时即时判定。', 'Judged while typing.'),
    target: '.z-limits',
  },
];
