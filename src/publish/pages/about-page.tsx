/** What the site is, whose texts it shows, and what it learns of its readers: the page for whoever comes upon it. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import { lookOf } from '../look/look.ts';
import type { SiteView } from '../views.ts';
import { publishedAt } from './address.ts';
import { Frame, renderDocument } from './document.tsx';
import { Contact } from './outside.tsx';
import { OwnWords } from './own-words.tsx';
import { lineIn, type Page, pageAt } from './page.ts';

/** Path of the page. */
const aboutPath = 'about/';

/** `about/index.html`. */
export function renderAbout(site: SiteView): string {
  const page = pageAt(site, aboutPath, site.site.lang);
  const { about } = page.words;
  const { about: own } = lookOf(site.site);
  const head = {
    title: about.title,
    description: about.what,
    type: 'website',
    canonical: publishedAt(site.site, aboutPath),
  } as const;
  return renderDocument(
    <Frame page={page} head={head}>
      <main id="content">
        <header class="opening">
          <h1>{about.title}</h1>
          <p class="about">{about.what}</p>
        </header>
        <div class="account">
          {own.length === 0 ? null : (
            <section>
              <OwnWords page={page} pieces={own} />
            </section>
          )}
          <Sections page={page} />
          <section aria-labelledby="whose">
            <h2 id="whose">{about.whose}</h2>
            <p>{about.whoseHow}</p>
            <p>
              <a href={page.to('sources/')}>{about.forWriters}</a>
            </p>
          </section>
          <section aria-labelledby="readers">
            <h2 id="readers">{about.readers}</h2>
            <p>{about.readersHow}</p>
            <Contact page={page} />
            <p>{about.made}</p>
          </section>
        </div>
      </main>
    </Frame>,
  );
}

function Sections({ page }: { readonly page: Page }): JSX.Element | null {
  const { sections } = page.site;
  if (sections.length === 0) return null;
  return (
    <section aria-labelledby="sections">
      <h2 id="sections">{page.words.sections}</h2>
      <dl>
        {sections.map(({ section, path }) => (
          <div>
            <dt>
              <a href={page.to(path)} {...lineIn(section.lang, section.title)}>
                {section.title}
              </a>
            </dt>
            <dd {...lineIn(section.lang, section.about ?? '')}>{section.about}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
