import { useTexts } from '../i18n/language.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Stack } from '../parts/layout.tsx';
import { notify } from '../parts/notices.tsx';
import { Code } from '../parts/values.tsx';

/** A link or key that is shown once, with a key to copy it. */
export function SecretOnce(props: {
  secret: string | undefined;
  title: string;
  note: string;
  copy: string;
  onClose: () => void;
}) {
  const t = useTexts('identity');
  const { secret } = props;
  return (
    <Dialog
      open={secret !== undefined}
      title={props.title}
      onClose={props.onClose}
      footer={
        <Button
          kind="primary"
          icon="link"
          onClick={async () => {
            // the clipboard is there on https and localhost only; elsewhere the text is marked for copying by hand
            if (secret && navigator.clipboard) {
              await navigator.clipboard.writeText(secret);
              notify({ kind: 'good', text: t('keys.copied') });
            } else
              getSelection()?.selectAllChildren(
                document.getElementById('secret-once') ?? document.body,
              );
          }}
        >
          {props.copy}
        </Button>
      }
    >
      <Stack>
        <p id="secret-once">
          <Code>{secret ?? ''}</Code>
        </p>
        <p className="z-note">{props.note}</p>
      </Stack>
    </Dialog>
  );
}
