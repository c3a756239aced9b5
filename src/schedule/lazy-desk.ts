/** The maintainer's page, loaded when it is first asked for: most relays have none, and nobody is at it most of the time. */
import type { WebDesk } from '../desk/web-desk.ts';
import type { House } from '../wire.ts';
import type { SettingsWatch } from './settings-watch.ts';

interface LazyDesk {
  readonly house: House;
  readonly settings: SettingsWatch;
  /** As the web server listens. */
  readonly listen: string;
  readonly follow: () => void;
}

export function lazyDesk({ house: { clock, tokens, library, search }, settings, listen, follow }: LazyDesk): WebDesk {
  let opening: Promise<WebDesk> | undefined;
  let opened: WebDesk | undefined;
  return {
    async answer(request, way) {
      if (settings.current().desk === undefined) return undefined;
      opening ??= import('../desk/web-desk.ts').then(({ openWebDesk }) =>
        openWebDesk({ clock, tokens, library, search, settings: settings.current, listen, follow }),
      );
      opened = await opening;
      return await opened.answer(request, way);
    },
    settle() {
      opened?.settle(); // nobody is at one that was never asked for
    },
  };
}
