/** Text made safe for XML and dates as feeds write them: this world's own, so that it shares no mistake with what reads it. */

/** Character data or attribute value. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** A CDATA section; every `]]>` inside is split over two. */
export function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** RFC 822 date as RSS wants it. */
export function rfc822(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}

/** RFC 3339 date, whole seconds. */
export function rfc3339(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** Lines without the empty ones, so that optional elements can be left out by ''. */
export function lines(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}
