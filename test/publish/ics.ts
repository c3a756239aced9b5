/**
 * An iCalendar file to its components, by the letter of RFC 5545 and by nothing that writes one: what is not allowed throws.
 */

export interface Line {
  readonly parameters: Readonly<Record<string, string>>;
  /** As it stands, with its escapes. */
  readonly raw: string;
  /** A TEXT value without them (§3.3.11). */
  readonly text: string;
}

export interface Component {
  readonly name: string;
  readonly lines: ReadonlyMap<string, readonly Line[]>;
  readonly inside: readonly Component[];
}

/** §3.1: lines end with CRLF, and have 75 octets at the most without it. */
function unfold(file: string): readonly string[] {
  if (!file.endsWith('\r\n')) throw new Error('the last line has no end');
  const lines: string[] = [];
  for (const line of file.slice(0, -2).split('\r\n')) {
    if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line)) throw new Error(`a control in ${JSON.stringify(line)}`);
    if (!line.isWellFormed()) throw new Error(`half a character in ${JSON.stringify(line)}`);
    if (Buffer.byteLength(line) > 75) throw new Error(`${Buffer.byteLength(line)} octets: ${line}`);
    if (/^[ \t]/.test(line)) lines.push(`${lines.pop()}${line.slice(1)}`);
    else lines.push(line);
  }
  return lines;
}

function textOf(raw: string): string {
  if (/(?<!\\)(?:\\\\)*[;,]/.test(raw.replace(/\\[;,nN]/g, ''))) throw new Error(`not escaped: ${raw}`);
  return raw.replace(/\\(.)/g, (_, one: string) => {
    if (!/[\\;,nN]/.test(one)) throw new Error(`no escape: \\${one}`);
    return one.toLowerCase() === 'n' ? '\n' : one;
  });
}

const texts = new Set(['SUMMARY', 'LOCATION', 'DESCRIPTION', 'UID', 'PRODID', 'STATUS', 'NAME', 'X-WR-CALNAME']);

export function readCalendar(file: string): Component {
  const open: { name: string; lines: Map<string, Line[]>; inside: Component[] }[] = [
    { name: '', lines: new Map(), inside: [] },
  ];
  for (const line of unfold(file)) {
    const match = /^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$/s.exec(line);
    if (match === null) throw new Error(`no content line: ${line}`);
    const [, name = '', written = '', raw = ''] = match;
    const parameters = Object.fromEntries(
      written
        .split(';')
        .slice(1)
        .map((one) => one.split('=')),
    );
    if (name === 'BEGIN') open.push({ name: raw, lines: new Map(), inside: [] });
    else if (name === 'END') {
      const ended = open.pop();
      if (ended?.name !== raw) throw new Error(`${raw} ends inside ${ended?.name}`);
      open.at(-1)?.inside.push(ended);
    } else {
      const lines = open.at(-1)?.lines;
      lines?.set(name, [...(lines.get(name) ?? []), { parameters, raw, text: texts.has(name) ? textOf(raw) : raw }]);
    }
  }
  const [calendar, other] = open[0]?.inside ?? [];
  if (open.length !== 1 || calendar?.name !== 'VCALENDAR' || other !== undefined) throw new Error('no single calendar');
  for (const [name, expected] of [
    ['VERSION', '2.0'],
    ['PRODID', undefined],
  ] as const) {
    const said = calendar.lines.get(name) ?? [];
    if (said.length !== 1 || (expected !== undefined && said[0]?.raw !== expected)) throw new Error(`no ${name}`);
  }
  const events = eventsOf(calendar);
  for (const event of events) judge(event);
  if (new Set(events.map((event) => event.lines.get('UID')?.[0]?.raw)).size !== events.length)
    throw new Error('two of one UID');
  return calendar;
}

export function eventsOf({ inside }: Component): readonly Component[] {
  return inside.filter(({ name }) => name === 'VEVENT');
}

/** The words of an event's property. */
export function said(event: Component | undefined, name: string): string | undefined {
  return event?.lines.get(name)?.[0]?.text;
}

/** §3.6.1: what an event must have, and of what there is no more than one. */
function judge({ lines }: Component): void {
  for (const name of ['UID', 'DTSTAMP', 'DTSTART'])
    if (lines.get(name)?.length !== 1) throw new Error(`an event without ${name}`);
  for (const [name, some] of lines) if (some.length > 1) throw new Error(`${name} twice`);
  for (const name of ['DTSTAMP', 'LAST-MODIFIED', 'DTSTART', 'DTEND']) {
    const [line] = lines.get(name) ?? [];
    if (line === undefined) continue;
    const isDay = line.parameters.VALUE === 'DATE';
    if (!(isDay ? /^\d{8}$/ : /^\d{8}T\d{6}Z$/).test(line.raw)) throw new Error(`${name}:${line.raw}`);
  }
  const [start, end] = ['DTSTART', 'DTEND'].map((name) => lines.get(name)?.[0]);
  if (end !== undefined && (end.parameters.VALUE !== start?.parameters.VALUE || end.raw <= (start?.raw ?? '')))
    throw new Error(`it ends at ${end.raw} and begins at ${start?.raw}`);
}
