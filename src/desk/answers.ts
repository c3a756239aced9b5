/** What every answer of the web desk says of itself: it is kept nowhere, framed by nobody, and runs nothing. */

/**
 * Referrer-Policy is `same-origin` and not `no-referrer` as elsewhere: under that a browser sends a form with `Origin: null`, and we could not
 * tell it from somebody else's. Links that lead out say `noreferrer` themselves.
 */
const safe: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex, nofollow',
};

export function page(status: number, html: string, more: readonly (readonly [string, string])[] = []): Response {
  return answer(status, html, [['Content-Type', 'text/html; charset=utf-8'], ...more]);
}

export function styleSheet(css: string): Response {
  return answer(200, css, [['Content-Type', 'text/css; charset=utf-8']]);
}

/** To be asked for with GET, whatever this was. @param to a path of the desk */
export function goTo(to: string, more: readonly (readonly [string, string])[] = []): Response {
  return answer(303, '', [['Location', to], ...more]);
}

function answer(status: number, body: string, more: readonly (readonly [string, string])[]): Response {
  const headers = new Headers(safe);
  for (const [name, value] of more) headers.append(name, value);
  return new Response(body, { status, headers });
}
