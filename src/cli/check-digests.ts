/** Digests that are to be mailed and cannot be, as far as the settings tell. Pure. */
import type { Config } from '../model.ts';
import { mailAddressIn } from '../publish/digest-mail.ts';

/** Something to mend, and where in the file it stands. */
export interface MailDoubt {
  readonly path: readonly string[];
  /** Whole sentences. */
  readonly detail: string;
}

export function mailsInDoubt({ sections, site, smtp }: Config): readonly MailDoubt[] {
  return sections.flatMap(({ id, digest }) => {
    if (digest === undefined || digest.to.length === 0) return [];
    const path = ['sections', id, 'digest', 'send'];
    const noServer =
      'send: no mail server is named. Set RELAIS_SMTP_URL in the environment, or RELAIS_SMTP_URL_FILE to the name of a file that holds it: smtp://name:password@mail.example:587';
    const noSender =
      'send: no sender is named, and servers refuse mail from nowhere. Write  from: news@example.org  beside it, or a mail address under  site: contact';
    const hasSender = digest.from !== undefined || mailAddressIn(site.contact) !== undefined;
    const { address } = digest.to.find(({ isList }) => !isList) ?? {};
    const noExit = `send: ${address} is the address of a person, and the mail cannot say how to be sent no more. Write a mail address under  site: contact`;
    return [
      ...(smtp === undefined ? [{ path, detail: noServer }] : []),
      ...(hasSender ? [] : [{ path, detail: noSender }]),
      ...(address !== undefined && mailAddressIn(site.contact) === undefined ? [{ path, detail: noExit }] : []),
    ];
  });
}
