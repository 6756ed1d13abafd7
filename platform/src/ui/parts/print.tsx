import { useTexts } from '../i18n/language.ts';
import { Button, type ButtonProps } from './button.tsx';

/**
 * Opens a document of the server (a label, a certificate) in its own tab, where the browser prints
 * it: PDF viewers print best from there, and a tab opened by a press is allowed everywhere.
 */
export function PrintButton(
  props: { href: string } & Partial<Pick<ButtonProps, 'children' | 'size' | 'kind' | 'wide'>>,
) {
  const t = useTexts('kit');
  const { href, children, ...look } = props;
  return (
    <Button icon="print" {...look} onClick={() => window.open(href, '_blank', 'noopener')}>
      {children ?? t('act.print')}
    </Button>
  );
}
