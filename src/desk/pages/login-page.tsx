/** The door of the desk, and the page that says why something was not done. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import { Frame, hrefOf, renderPage } from './frame.tsx';

interface LoginPage {
  /** Why the last try did not come in. */
  readonly why?: string | undefined;
}

export function renderLogin({ why }: LoginPage): string {
  return renderPage(
    <Frame title={why === undefined ? 'Log in' : 'Not logged in'} sitting={undefined}>
      {why === undefined ? null : (
        <div class="told refused" role="alert" id="why">
          <p>{why}</p>
        </div>
      )}
      <form method="post" action={hrefOf('login')}>
        <div class="fields">
          <div>
            <label for="password">Password of the desk</label>
            <input
              id="password"
              name="password"
              type="password"
              autocomplete="current-password"
              required
              aria-describedby={why === undefined ? undefined : 'why'}
            />
          </div>
          <button class="main" type="submit">
            Log in
          </button>
        </div>
      </form>
      <p class="faint">
        Forgotten? Run <code>relais desk password</code> where sources.yaml is, and paste the new line there.
      </p>
    </Frame>,
  );
}

export function renderRefusal(title: string, why: string): string {
  const link: JSX.Element = <a href={hrefOf('')}>To the desk</a>;
  return renderPage(
    <Frame title={title} sitting={undefined}>
      <p>{why}</p>
      <p>{link}</p>
    </Frame>,
  );
}
