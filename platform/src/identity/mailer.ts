import type { App } from '../http/index.ts';

/** A link to hand to a person. The link holds a secret: whoever has it may use it once. */
export interface Letter {
  readonly kind: 'invitation' | 'password-reset';
  readonly to: string;
  readonly url: string;
}

/** The port to an e-mail or message service. Without one, an administrator hands links over. */
export interface Mailer {
  send(letter: Letter): Promise<void>;
}

/** Writes that a link was asked for; the link itself only outside production, since logs are read by many. */
export function logMailer(app: App): Mailer {
  return {
    send: async ({ kind, to, url }) => {
      const link = app.config.production ? 'an administrator can make a link' : url;
      app.log.info({ kind, to, link }, 'no mailer is set: hand the link over');
    },
  };
}
