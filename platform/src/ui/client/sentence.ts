import type { z } from 'zod';
import type { Say } from '../i18n/language.ts';

/** A finding of the contract as a sentence for the person at the form. */
export function sentenceOf(issue: z.core.$ZodIssue, t: Say): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? t('field.missing') : t('field.type');
    case 'too_small':
      if (issue.origin === 'string') {
        return issue.minimum === 1
          ? t('field.missing')
          : t('field.short', { n: String(issue.minimum) });
      }
      return issue.origin === 'array'
        ? t('field.few', { n: String(issue.minimum) })
        : t('field.low', { n: String(issue.minimum) });
    case 'too_big':
      if (issue.origin === 'string') return t('field.long', { n: String(issue.maximum) });
      return issue.origin === 'array'
        ? t('field.many', { n: String(issue.maximum) })
        : t('field.high', { n: String(issue.maximum) });
    case 'invalid_value':
      return t('field.chooseOne');
    case 'invalid_format':
      return t('field.format');
    default:
      return t('field.wrong');
  }
}
