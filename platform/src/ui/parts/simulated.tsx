import { useTexts } from '../i18n/language.ts';
import { useSession } from '../session.tsx';

/** The striped edge that says: these data are simulated. Shown by the shell for a simulated organisation, and beside single simulated records. */
export function SimulatedEdge({ always = false }: { always?: boolean }) {
  const t = useTexts('kit');
  const { session } = useSession();
  if (!always && !session.org?.simulated) return null;
  return (
    <div className="z-simulated" role="note">
      <span>{t('simulated')}</span>
    </div>
  );
}
