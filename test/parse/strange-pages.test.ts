/** Pages that answer in a feed's place: each kind by its name, and pages like others by none. */
import { describe, expect, test } from 'vitest';
import type { Parsed } from '../../src/model.ts';
import { parseDocument } from '../../src/parse/parse.ts';

const parse = (html: string): Promise<Parsed> =>
  parseDocument({ body: Buffer.from(html), contentType: 'text/html', url: 'https://group.example/feed' }, undefined);
const titled = (title: string, body = ''): string =>
  `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`;
const saying = (text: string): string => titled('group.example', `<p>${text}</p>`);
const madeOf = (markup: string): string => titled('group.example', `${markup}<p>group.example</p>`);
const password = '<form><input type="password"></form>';
const article =
  '<p>The ferry left at noon with forty people on board, and nobody had told them where it went.</p>'.repeat(30);

async function nameOf(html: string): Promise<string> {
  const parsed = await parse(html);
  return parsed.kind === 'failed' ? parsed.problem.code : parsed.kind;
}

describe('parked domains', () => {
  test.each([
    titled('group.example is for sale | HugeDomains'),
    titled('The domain name group.example is for sale'),
    titled('This domain may be for sale'),
    titled('Domain group.example steht zum Verkauf'),
    titled('Nom de domaine à vendre'),
    titled('Le domaine group.example est à vendre'),
    titled('Dominio en venta'),
    titled('El dominio group.example está a la venta'),
    titled('Dit domein is te koop'),
    titled('Parked Domain'),
    titled('group.example - Domain expired'),
    madeOf('<script src="https://www.google.com/adsense/domains/caf.js"></script>'),
    madeOf('<iframe src="https://sedoparking.com/frmpark/x"></iframe>'),
    madeOf('<script src="//d38psrni17bvxu.cloudfront.net/x.js"></script>'),
    madeOf('<script>var c = "https://www.parkingcrew.net/jsparkcaf.php"</script>'),
    madeOf('<script src="https://img1.wsimg.com/parking-lander/static/js/main.js"></script>'),
    madeOf('<link rel="stylesheet" href="https://parking.bodiscdn.com/a.css">'),
    saying('This domain is parked free, courtesy of GoDaddy.com'),
    saying('Buy this domain'),
    saying('Diese Domain ist geparkt.'),
    saying('Ce domaine a expiré.'),
    saying('Este dominio está aparcado.'),
  ])('%s', async (html) => {
    expect(await nameOf(html)).toBe('parse/parked-domain');
  });
});

describe('robot checks', () => {
  test.each([
    titled('Just a moment...'),
    titled('Just a moment…'),
    titled('Un instant…'),
    titled('Nur einen Moment…'),
    titled('Attention Required! | Cloudflare', '<div id="cf-error-details">Sorry, you have been blocked</div>'),
    titled('DDoS-Guard'),
    titled('Making sure you’re not a bot!'),
    titled('Robot Challenge Screen'),
    titled('Checking your browser before accessing group.example', '<form id="cf-chl-form"></form>'),
    madeOf('<script>window._cf_chl_opt={}</script>'),
    madeOf('<script id="anubis_challenge">{}</script>'),
    madeOf('<script src="/aes.js"></script><script>document.cookie="__test="+toHex(slowAES.decrypt(c,2,a,b))</script>'),
    madeOf('<div class="g-recaptcha"></div>'),
    madeOf('<div class="h-captcha"></div><script src="https://js.hcaptcha.com/1/api.js"></script>'),
    madeOf('<div class="cf-turnstile"></div>'),
    saying('Checking your browser before accessing group.example.'),
    saying('Verify you are human by completing the action below.'),
    saying('Veuillez confirmer que vous n’êtes pas un robot.'),
    saying('Bitte bestätigen Sie, dass Sie ein Mensch sind.'),
    saying('Confirme que no es un robot.'),
  ])('%s', async (html) => {
    expect(await nameOf(html)).toBe('parse/challenge-page');
  });
});

describe('maintenance', () => {
  test.each([
    titled('Maintenance mode'),
    titled('The group | Under Maintenance'),
    titled('Le groupe – Site en maintenance'),
    titled('Wartungsarbeiten'),
    titled('Das Haus: Wartung'),
    titled('Sitio en mantenimiento'),
    titled('Υπό συντήρηση'),
    titled('الموقع تحت الصيانة'),
    titled('The group', '<body class="maintenance-page in-maintenance path-frontpage">'),
    saying('Briefly unavailable for scheduled maintenance. Check back in a minute.'),
    saying('Notre site est en maintenance, revenez plus tard.'),
    saying('Wegen Wartungsarbeiten sind wir gleich zurück.'),
    saying('Estamos en mantenimiento.'),
  ])('%s', async (html) => {
    expect(await nameOf(html)).toBe('parse/maintenance-page');
  });
});

describe('logins', () => {
  test.each([
    titled('Log In ‹ The group — WordPress', password),
    titled('Connexion', password),
    titled('Anmelden – Das Haus', password + article),
    titled('Iniciar sesión', password),
    titled('The group', `<form action="/wp-login.php">${password}</form>`),
    titled('Private Site'),
    saying('This site is marked private by its owner.'),
    saying('Ce site est privé.'),
  ])('%s', async (html) => {
    expect(await nameOf(html)).toBe('parse/login-page');
  });
});

describe('others, by what they are', () => {
  test.each([
    [titled('Account Suspended'), 'hosting account is suspended'],
    [madeOf('<iframe src="/cgi-sys/suspendedpage.cgi"></iframe>'), 'hosting account is suspended'],
    [titled('group.example | 521: Web server is down'), 'error page of Cloudflare'],
    [titled('Access denied | group.example used Cloudflare to restrict access'), 'error page of Cloudflare'],
    [titled('Welcome to nginx!'), 'web server that nobody has set up'],
    [titled('Apache2 Debian Default Page: It works'), 'web server that nobody has set up'],
    [titled('Test Page for the Apache HTTP Server on Fedora'), 'web server that nobody has set up'],
    [titled('IIS Windows Server'), 'web server that nobody has set up'],
    [titled('Index of /feeds'), 'a list of files'],
    [titled('Directory listing for /'), 'a list of files'],
    [titled('WordPress › Error', 'There has been a critical error on this website.'), 'error message of WordPress'],
    [titled('', '<h1>Error establishing a database connection</h1>'), 'error message of WordPress'],
  ])('%s', async (html, what) => {
    const parsed = await parse(html);
    expect(parsed).toMatchObject({ kind: 'failed', problem: { code: 'parse/not-a-feed' } });
    expect(parsed.kind === 'failed' && parsed.problem.happened).toContain(what);
  });

  test.each([
    'Warning: require(/srv/www/group/config.php): failed to open stream in /srv/www/group/index.php on line 3',
    '<br>\n<b>Parse error</b>: syntax error in <b>/srv/www/group/index.php</b> on line <b>3</b><br>',
    '<html><body><b>Fatal error</b>: Uncaught Error in /srv/www/group/index.php:3 Stack trace: #0</body></html>',
  ])('an error of PHP never tells where its files are: %s', async (text) => {
    for (const contentType of ['text/html', 'application/xml', undefined]) {
      const parsed = await parseDocument(
        { body: Buffer.from(text), contentType, url: 'https://group.example/' },
        undefined,
      );
      expect(parsed).toMatchObject({ kind: 'failed', problem: { code: 'parse/not-a-feed' } });
      expect(parsed.kind === 'failed' && parsed.problem.happened).toContain('an error message of PHP');
      expect(JSON.stringify(parsed)).not.toContain('srv');
    }
  });
});

describe('pages like others', () => {
  test.each([
    titled('The group', article),
    titled('Public domain books for sale'),
    titled('The price of a domain', `${article}<p>This domain is for sale, it said.</p>`),
    titled('Maintenance mode, a love story', article),
    titled('How to log in to your own life'),
    titled('The group', article + password),
    titled('Write to us', `${article}<div class="g-recaptcha"></div>`),
    titled(
      'The group',
      '<p>Partners: <a href="https://www.sedo.com/">Sedo</a> <a href="https://bodis.com/">Bodis</a></p>',
    ),
    titled('The group', '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script><p>Hello</p>'),
    titled('Login'),
    titled('Warning: dangerous road in autumn', article),
    '<p>Notice: the office in Calais is closed</p>',
  ])('%s', async (html) => {
    expect(await nameOf(html)).toBe('page');
  });

  test('whatever a page says, the feeds that it names are found', async () => {
    const link = '<link rel="alternate" type="application/rss+xml" href="/feed">';
    for (const strange of [
      titled('Just a moment...', link),
      titled('Domain for sale', link),
      titled('Log in', link + password),
    ])
      expect(await parse(strange)).toMatchObject({ kind: 'page', feeds: [{ url: 'https://group.example/feed' }] });
  });
});

test('the title is told, cleaned, and a page without one is called so', async () => {
  expect(await parse(titled('Maintenance\u202e\n mode'))).toMatchObject({
    problem: { happened: 'is closed for maintenance: a web page titled “Maintenance mode”' },
  });
  expect(await parse('<html><body>Site is under maintenance</body></html>')).toMatchObject({
    problem: { happened: 'is closed for maintenance: a web page without a title' },
  });
});
